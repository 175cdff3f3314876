package dev.secureprediction.operator.cloud;

import java.util.List;
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
 */
public record ObservedCloud(
        ObservedServiceAccount account,
        InvokerRole role,
        ObservedPolicy accountPolicy,
        ObservedPolicy grantPolicy,
        ObservedEndpoint endpoint,
        ObservedModel model,
        Optional<OperationState> operation) {

    /** Name of the long operation that still runs. */
    public Optional<String> runningOperation() {
        return operation.filter(OperationState.Running.class::isInstance).map(OperationState::name);
    }

    /** Roles given to the endpoint's account where the grant stands, other than the invoker role: never ours. */
    public List<Binding> excessGrants(DesiredCloud desired) {
        return grantPolicy.bindings().stream()
                .filter(b -> b.member().equals(desired.accountMember()))
                .filter(b -> !b.role().equals(desired.invokerRole()))
                .toList();
    }

    /** Who else may do something with the endpoint's account. */
    public List<Binding> excessImpersonators(DesiredCloud desired) {
        return accountPolicy.bindings().stream()
                .filter(b -> !b.member().equals(desired.workloadIdentityMember()))
                .toList();
    }
}
