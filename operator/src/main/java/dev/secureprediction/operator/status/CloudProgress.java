package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.diff.Obstacle;
import dev.secureprediction.operator.diff.ScreeningGrant;
import java.util.List;
import java.util.Optional;

/** How far identity and endpoint are after one round with Google Cloud. */
final class CloudProgress {

    private final DesiredCloud desired;
    private final CloudResult result;
    private final boolean putBack;

    /**
     * Reads a round.
     *
     * @param putBack whether all that differed was put back in this round, of a state that was in place before
     */
    CloudProgress(DesiredCloud desired, CloudResult result, boolean putBack) {
        this.desired = desired;
        this.result = result;
        this.putBack = putBack;
    }

    Progress identity() {
        return progress(Part.IDENTITY).orElseGet(this::granted);
    }

    /** The grant is made last, and not before there is something to be granted on. */
    private Progress granted() {
        boolean granted = putBack
                || result.observed()
                        .filter(seen -> seen.grantPolicy().bindings().contains(desired.invokerBinding())
                                && ScreeningGrant.isComplete(desired, seen))
                        .isPresent();
        List<String> excess = CloudReports.excess(desired, result);
        if (granted && !excess.isEmpty()) {
            return new Progress.Failed(
                    Reason.ExcessPermission, String.join("; ", excess) + "; take it away, or explain it");
        }
        return granted
                ? new Progress.Done(
                        Reason.Partial,
                        "the account may invoke the model, and the gateway may act as it; nothing else was found in what"
                                + " could be read, see status.identity.unread")
                : new Progress.Working(Reason.Provisioning, "the role is bound once the endpoint exists");
    }

    Progress endpoint() {
        return progress(Part.ENDPOINT).orElseGet(() -> switch (desired.endpoint()) {
            case DesiredEndpoint.None ignored ->
                new Progress.Done(Reason.NoEndpointNeeded, "publisher models are called without an endpoint");
            case DesiredEndpoint.Existing existing ->
                new Progress.Done(Reason.ExistingEndpoint, "endpoint " + existing.endpointId() + " exists");
            case DesiredEndpoint.Created created ->
                new Progress.Done(
                        Reason.EndpointDeployed,
                        "model " + created.deployment().modelId() + "@"
                                + created.deployment().modelVersion() + " takes the calls");
        });
    }

    /** Nothing when the part is as wanted. */
    private Optional<Progress> progress(Part part) {
        Optional<Progress> obstacle = result.plan().obstacles().stream()
                .filter(found -> part == partOf(found))
                .findFirst()
                .map(this::blocked);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        Optional<Progress> failure =
                result.failure().filter(e -> concerns(part)).map(CloudReports::failure);
        if (failure.isPresent() || putBack) {
            return failure;
        }
        List<Change> held =
                result.held().stream().filter(change -> part == partOf(change)).toList();
        if (!held.isEmpty()) {
            return Optional.of(new Progress.Working(
                    Reason.Held,
                    held.getFirst().difference().resource() + " differs and is left as it is: " + result.holding()
                            + "; see status.plan"));
        }
        boolean changing = result.plan().changes().stream().anyMatch(change -> part == partOf(change));
        boolean waiting = part == Part.ENDPOINT && result.pendingOperation().isPresent();
        return changing || waiting ? Optional.of(working(part)) : Optional.empty();
    }

    /** A failed change concerns its own part and, since order is kept, every later one. */
    private boolean concerns(Part part) {
        if (result.observed().isEmpty()) {
            return part == Part.IDENTITY || !(desired.endpoint() instanceof DesiredEndpoint.None);
        }
        return result.plan().changes().stream()
                .skip(result.applied().size())
                .anyMatch(change -> part == partOf(change));
    }

    private Progress working(Part part) {
        if (part == Part.IDENTITY) {
            boolean goes = result.plan().changes().stream()
                    .allMatch(change -> change instanceof Change.Revoke || change instanceof Change.Delete);
            return new Progress.Working(
                    Reason.Provisioning, goes ? "access is being taken away" : "account and bindings are being made");
        }
        if (result.plan().changes().stream().anyMatch(Change.Delete.Endpoint.class::isInstance)) {
            return new Progress.Working(
                    Reason.CreatingEndpoint,
                    "the endpoint goes, and is made again with what cannot be changed in place");
        }
        boolean exists = result.observed()
                .filter(seen -> seen.endpoint() instanceof ObservedEndpoint.Present)
                .isPresent();
        return exists
                ? new Progress.Working(Reason.DeployingModel, "the model is being deployed")
                : new Progress.Working(Reason.CreatingEndpoint, "the endpoint is being created");
    }

    private Progress blocked(Obstacle obstacle) {
        String message = obstacle.message();
        return switch (obstacle) {
            case Obstacle.OperationRunning ignored -> working(Part.ENDPOINT);
            case Obstacle.OperationFailed ignored -> new Progress.Failed(Reason.OperationFailed, message);
            case Obstacle.ConflictUnmanaged ignored -> new Progress.Failed(Reason.ConflictUnmanaged, message);
            case Obstacle.PolicyFull ignored -> new Progress.Failed(Reason.QuotaExceeded, message);
            case Obstacle.AccountDisabled ignored -> new Progress.Failed(Reason.AccountDisabled, message);
            case Obstacle.RoleUnfit unfit ->
                new Progress.Failed(unfit.excess().isEmpty() ? Reason.RoleIncomplete : Reason.RoleTooWide, message);
            case Obstacle.ModelMissing ignored -> new Progress.Failed(Reason.ModelNotFound, message);
            case Obstacle.FingerprintMismatch ignored -> new Progress.Failed(Reason.FingerprintMismatch, message);
            case Obstacle.EndpointMissing ignored -> new Progress.Failed(Reason.EndpointNotFound, message);
            case Obstacle.Immutable ignored -> new Progress.Failed(Reason.NotChangeable, message);
            case Obstacle.OnTrial ignored -> new Progress.Working(Reason.ModelOnTrial, message);
            case Obstacle.CanaryUnanswered ignored -> new Progress.Failed(Reason.CanaryUnanswered, message);
        };
    }

    private static Part partOf(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.RoleUnfit ignored -> Part.IDENTITY;
            case Obstacle.AccountDisabled ignored -> Part.IDENTITY;
            case Obstacle.PolicyFull ignored -> Part.IDENTITY;
            case Obstacle.ConflictUnmanaged conflict ->
                conflict.resource().startsWith("serviceAccounts/") ? Part.IDENTITY : Part.ENDPOINT;
            case Obstacle.OperationRunning ignored -> Part.ENDPOINT;
            case Obstacle.OperationFailed ignored -> Part.ENDPOINT;
            case Obstacle.ModelMissing ignored -> Part.ENDPOINT;
            case Obstacle.FingerprintMismatch ignored -> Part.ENDPOINT;
            case Obstacle.EndpointMissing ignored -> Part.ENDPOINT;
            case Obstacle.Immutable ignored -> Part.ENDPOINT;
            case Obstacle.OnTrial ignored -> Part.ENDPOINT;
            case Obstacle.CanaryUnanswered ignored -> Part.ENDPOINT;
        };
    }

    private static Part partOf(Change change) {
        return switch (change) {
            case Change.Grant ignored -> Part.IDENTITY;
            case Change.Revoke ignored -> Part.IDENTITY;
            case Change.Create.Account ignored -> Part.IDENTITY;
            case Change.Delete.Account ignored -> Part.IDENTITY;
            case Change.Delete.Key ignored -> Part.IDENTITY;
            case Change.Create ignored -> Part.ENDPOINT;
            case Change.Update ignored -> Part.ENDPOINT;
            case Change.Delete ignored -> Part.ENDPOINT;
        };
    }

    private enum Part {
        IDENTITY,
        ENDPOINT
    }
}
