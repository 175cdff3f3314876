package dev.secureprediction.operator.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Observed states, and copies of them with one part changed. */
public final class CloudStates {

    private static final Instant MADE = Instant.parse("2026-11-22T12:00:00Z");

    private CloudStates() {}

    /** Nothing but the role, the model and a project. */
    public static ObservedCloud empty() {
        return new ObservedCloud(
                new ObservedServiceAccount.Absent(),
                new InvokerRole.Present(InvokerRole.WANTED),
                ObservedPolicy.absent(),
                ObservedPolicy.of(Set.of()),
                new ObservedEndpoint.Absent(),
                new ObservedModel.Present("models/1234567890", "17", Optional.of("9f2c")),
                Optional.empty());
    }

    /** The endpoint as it is right after it was made. */
    public static ObservedEndpoint.Present freshEndpoint(DesiredCloud desired) {
        if (!(desired.endpoint() instanceof DesiredEndpoint.Created created)) {
            throw new AssertionError("only endpoints of ours are made");
        }
        return new ObservedEndpoint.Present(
                "projects/acme-ml-qa/locations/europe-west4/endpoints/" + created.endpointId(),
                created.endpointId(),
                created.displayName(),
                Ownership.labels(desired.owner()),
                created.encryptionKey(),
                Optional.empty(),
                MADE,
                MADE,
                List.of(),
                Map.of());
    }

    public static ObservedEndpoint.Present serving(
            ObservedEndpoint.Present e, List<ObservedEndpoint.DeployedModel> models, Map<String, Integer> split) {
        return new ObservedEndpoint.Present(
                e.resourceName(),
                e.endpointId(),
                e.displayName(),
                e.labels(),
                e.encryptionKey(),
                e.dedicatedHost(),
                e.createTime(),
                e.updateTime(),
                models,
                split);
    }

    public static ObservedEndpoint.Present relabelled(
            ObservedEndpoint.Present e, String displayName, Map<String, String> labels) {
        return new ObservedEndpoint.Present(
                e.resourceName(),
                e.endpointId(),
                displayName,
                labels,
                e.encryptionKey(),
                e.dedicatedHost(),
                e.createTime(),
                e.updateTime(),
                e.deployedModels(),
                e.trafficSplit());
    }

    public static ObservedEndpoint.Present touched(ObservedEndpoint.Present e, Instant updateTime) {
        return new ObservedEndpoint.Present(
                e.resourceName(),
                e.endpointId(),
                e.displayName(),
                e.labels(),
                e.encryptionKey(),
                e.dedicatedHost(),
                e.createTime(),
                updateTime,
                e.deployedModels(),
                e.trafficSplit());
    }

    /** Another model deployed beside those that are. */
    public static ObservedCloud withDeployed(ObservedCloud o, String id) {
        ObservedEndpoint.Present endpoint = (ObservedEndpoint.Present) o.endpoint();
        List<ObservedEndpoint.DeployedModel> models = new ArrayList<>(endpoint.deployedModels());
        models.add(new ObservedEndpoint.DeployedModel(id, "1234567890", "1", "n1-standard-4", 1, 1));
        return withEndpoint(o, serving(endpoint, models, endpoint.trafficSplit()));
    }

    public static ObservedCloud withAccount(ObservedCloud o, ObservedServiceAccount account) {
        return new ObservedCloud(
                account,
                o.role(),
                o.accountPolicy(),
                o.grantPolicy(),
                o.endpoint(),
                o.model(),
                o.operation(),
                o.access());
    }

    public static ObservedCloud withRole(ObservedCloud o, InvokerRole role) {
        return new ObservedCloud(
                o.account(),
                role,
                o.accountPolicy(),
                o.grantPolicy(),
                o.endpoint(),
                o.model(),
                o.operation(),
                o.access());
    }

    public static ObservedCloud withAccountPolicy(ObservedCloud o, ObservedPolicy policy) {
        return new ObservedCloud(
                o.account(), o.role(), policy, o.grantPolicy(), o.endpoint(), o.model(), o.operation(), o.access());
    }

    public static ObservedCloud withGrantPolicy(ObservedCloud o, ObservedPolicy policy) {
        return new ObservedCloud(
                o.account(), o.role(), o.accountPolicy(), policy, o.endpoint(), o.model(), o.operation(), o.access());
    }

    public static ObservedCloud withEndpoint(ObservedCloud o, ObservedEndpoint endpoint) {
        return new ObservedCloud(
                o.account(),
                o.role(),
                o.accountPolicy(),
                o.grantPolicy(),
                endpoint,
                o.model(),
                o.operation(),
                o.access());
    }

    public static ObservedCloud withModel(ObservedCloud o, ObservedModel model) {
        return new ObservedCloud(
                o.account(),
                o.role(),
                o.accountPolicy(),
                o.grantPolicy(),
                o.endpoint(),
                model,
                o.operation(),
                o.access());
    }

    public static ObservedCloud withOperation(ObservedCloud o, Optional<OperationState> operation) {
        return new ObservedCloud(
                o.account(),
                o.role(),
                o.accountPolicy(),
                o.grantPolicy(),
                o.endpoint(),
                o.model(),
                operation,
                o.access());
    }

    public static ObservedCloud withAccess(ObservedCloud o, ObservedAccess access) {
        return new ObservedCloud(
                o.account(),
                o.role(),
                o.accountPolicy(),
                o.grantPolicy(),
                o.endpoint(),
                o.model(),
                o.operation(),
                access);
    }
}
