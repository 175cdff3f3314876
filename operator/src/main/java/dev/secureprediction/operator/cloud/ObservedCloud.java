package dev.secureprediction.operator.cloud;

import java.time.Instant;
import java.util.Optional;

/**
 * What was read of the resources that a {@link DesiredCloud} names.
 *
 * @param account the endpoint's service account
 * @param role the invoker role
 * @param accountPolicy IAM policy of the account: who may act as it
 * @param grantPolicy IAM policy of the place where the invoker role is granted, cut to bindings of that role or account
 * @param endpoint the Vertex AI endpoint
 * @param model the version to be deployed
 * @param operation state of the long operation that was asked about, or that was found running on the endpoint
 * @param access what the account can do beside its grant
 */
public record ObservedCloud(
        ObservedServiceAccount account,
        InvokerRole role,
        ObservedPolicy accountPolicy,
        ObservedPolicy grantPolicy,
        ObservedEndpoint endpoint,
        ObservedModel model,
        Optional<OperationState> operation,
        ObservedAccess access) {

    /** With nothing found beside the grant. */
    public ObservedCloud(
            ObservedServiceAccount account,
            InvokerRole role,
            ObservedPolicy accountPolicy,
            ObservedPolicy grantPolicy,
            ObservedEndpoint endpoint,
            ObservedModel model,
            Optional<OperationState> operation) {
        this(account, role, accountPolicy, grantPolicy, endpoint, model, operation, ObservedAccess.NONE);
    }

    /** Name of the long operation that still runs. */
    public Optional<String> runningOperation() {
        return operation.filter(OperationState.Running.class::isInstance).map(OperationState::name);
    }

    /** When the endpoint was made that we made and marked; nothing for anybody else's. */
    public Optional<Instant> ownEndpointCreated(DesiredCloud desired) {
        return desired.endpoint() instanceof DesiredEndpoint.Created
                        && endpoint instanceof ObservedEndpoint.Present present
                        && present.ownership().equals(Optional.of(Ownership.of(desired.owner())))
                ? Optional.of(present.createTime())
                : Optional.empty();
    }

    /** The deployed model that takes all calls of our endpoint. */
    public Optional<String> servingModel(DesiredCloud desired) {
        return ownEndpointCreated(desired).isPresent() && endpoint instanceof ObservedEndpoint.Present present
                ? present.serving().map(ObservedEndpoint.DeployedModel::id)
                : Optional.empty();
    }
}
