package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.status.CloudReport.Drift;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One round with Google Cloud, in the words of a status. */
public final class CloudReports {

    /** What neither the operator nor the gateway can see, so that nothing is claimed of it. */
    private static final List<String> UNREAD =
            List.of("groups that the account is in", "policies inherited from folders and the organisation");

    private CloudReports() {}

    /**
     * A round.
     *
     * @param settledBefore whether this same desired state was once in place: then what had to be changed is drift,
     *     and what was put back in the round leaves readiness alone
     */
    public static CloudReport of(DesiredCloud desired, CloudResult result, boolean settledBefore) {
        Optional<ObservedCloud> observed = result.observed();
        boolean allDone = result.failure().isEmpty()
                && result.pendingOperation().isEmpty()
                && result.applied().size() == result.plan().changes().size();
        CloudProgress progress = new CloudProgress(desired, result, settledBefore && allDone);
        Optional<ObservedEndpoint.Present> endpoint = observed.map(ObservedCloud::endpoint)
                .filter(ObservedEndpoint.Present.class::isInstance)
                .map(ObservedEndpoint.Present.class::cast);
        Optional<ObservedEndpoint.DeployedModel> serving = endpoint.flatMap(ObservedEndpoint.Present::serving);
        return new CloudReport(
                observed.isPresent(),
                progress.identity(),
                progress.endpoint(),
                endpoint.map(ObservedEndpoint.Present::resourceName),
                serving.map(ObservedEndpoint.DeployedModel::id),
                serving.map(ObservedEndpoint.DeployedModel::modelVersion),
                result.pendingOperation(),
                observed.map(seen -> excess(desired, seen)).orElse(List.of()),
                observed.isPresent() ? UNREAD : List.of("everything: Google Cloud could not be read"),
                settledBefore ? drift(result) : List.of());
    }

    /** What an environment's project answered. */
    public static Progress preflight(Preflight preflight) {
        return switch (preflight) {
            case Preflight.Ready ignored ->
                new Progress.Done(
                        Reason.CloudReachable, "the project answers, and the invoker role is as it should be");
            case Preflight.Refused refused -> failure(refused.reason());
            case Preflight.RoleUnfit unfit -> roleUnfit(unfit.name(), unfit.role());
        };
    }

    /** An exception of the port, as progress. */
    static Progress.Failed failure(CloudException failure) {
        Reason reason = switch (failure) {
            case CloudException.Denied ignored -> Reason.PermissionDenied;
            case CloudException.QuotaExceeded ignored -> Reason.QuotaExceeded;
            case CloudException.Invalid ignored -> Reason.InvalidRequest;
            case CloudException.NotFound ignored -> Reason.Provisioning;
            case CloudException.Propagating ignored -> Reason.Provisioning;
            case CloudException.Conflict ignored -> Reason.Provisioning;
            case CloudException.Unavailable ignored -> Reason.CloudUnavailable;
        };
        return new Progress.Failed(reason, String.valueOf(failure.getMessage()));
    }

    private static Progress roleUnfit(String name, InvokerRole role) {
        return role.excess().isEmpty()
                ? new Progress.Failed(
                        Reason.RoleIncomplete,
                        name + " does not exist, or lacks " + String.join(", ", role.missing())
                                + "; create or complete it")
                : new Progress.Failed(
                        Reason.RoleTooWide,
                        name + " must hold only aiplatform.endpoints.predict; remove "
                                + String.join(", ", role.excess()));
    }

    private static List<String> excess(DesiredCloud desired, ObservedCloud observed) {
        Stream<String> granted = observed.excessGrants(desired).stream().map(Binding::role);
        Stream<String> impersonators = observed.excessImpersonators(desired).stream()
                .map(binding -> binding.member() + " has " + binding.role() + " on the account");
        return Stream.concat(granted, impersonators).distinct().sorted().toList();
    }

    private static List<Drift> drift(CloudResult result) {
        return result.plan().changes().stream()
                .map(change -> drift(change.difference(), result.applied().contains(change)))
                .toList();
    }

    private static Drift drift(Difference difference, boolean reverted) {
        return new Drift(
                difference.resource(), difference.field(), difference.desired(), difference.observed(), reverted);
    }
}
