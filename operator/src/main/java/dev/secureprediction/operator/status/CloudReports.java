package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.ObservedEndpoint;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.cloud.Remedy;
import dev.secureprediction.operator.diff.ExcessAccess;
import dev.secureprediction.operator.status.CloudReport.Drift;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One round with Google Cloud, in the words of a status. */
public final class CloudReports {

    /** What neither the operator nor the gateway can see, so that nothing is claimed of it. */
    private static final List<String> UNREAD =
            List.of("groups that the account is in", "policies inherited from folders and the organisation");

    private static final Pattern PERMISSION = Pattern.compile("[a-z]+(?:\\.[A-Za-z]+){2}");
    private static final Pattern PROJECT = Pattern.compile("^(?://[^/]+/)?projects/([^/]+).*$");

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
                && result.held().isEmpty()
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
                excess(desired, result),
                observed.map(CloudReports::unread).orElse(List.of("everything: Google Cloud could not be read")),
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
            case Preflight.PermissionsMissing lacking ->
                new Progress.Failed(Reason.PermissionDenied, PreflightWords.of(lacking));
            case Preflight.PolicyFull full ->
                new Progress.Failed(
                        Reason.QuotaExceeded,
                        "the IAM policy of projects/" + full.project() + " holds " + full.principals()
                                + " principals, which is all that Google allows; grant to groups there");
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
        return new Progress.Failed(reason, failure.getMessage() + remedy(failure));
    }

    /** The line to run, where one line helps. */
    private static String remedy(CloudException failure) {
        if (!(failure instanceof CloudException.Denied denied)
                || !PERMISSION.matcher(denied.permission()).matches()) {
            return "";
        }
        if (denied.permission().equals("iam.serviceAccounts.getAccessToken")) {
            return "; run: " + Remedy.impersonation(denied.resource());
        }
        String project = PROJECT.matcher(denied.resource()).replaceFirst("$1");
        return "; run: "
                + Remedy.operatorPermission(
                        project.equals(denied.resource()) ? "PROJECT" : project, denied.permission());
    }

    private static Progress roleUnfit(String name, InvokerRole role) {
        return role.excess().isEmpty()
                ? new Progress.Failed(
                        Reason.RoleIncomplete,
                        name + " does not exist, or lacks " + String.join(", ", role.missing())
                                + "; create it, or run: "
                                + Remedy.roleUpdate(name, "--add-permissions", role.missing()))
                : new Progress.Failed(
                        Reason.RoleTooWide,
                        name + " must hold only aiplatform.endpoints.predict; run: "
                                + Remedy.roleUpdate(name, "--remove-permissions", role.excess()));
    }

    /** What is beyond the wanted and was not taken away in the same round. */
    static List<String> excess(DesiredCloud desired, CloudResult result) {
        return result.observed().stream()
                .flatMap(seen -> ExcessAccess.of(desired, seen).stream())
                .filter(excess -> !result.applied().contains(excess.revocation()))
                .map(ExcessAccess::text)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> unread(ObservedCloud observed) {
        return Stream.concat(observed.access().unread().stream(), UNREAD.stream())
                .toList();
    }

    private static List<Drift> drift(CloudResult result) {
        return result.plan().changes().stream()
                .map(change -> drift(change.difference(), result.applied().contains(change)))
                .toList();
    }

    /** A difference, as drift. */
    public static Drift drift(Difference difference, boolean reverted) {
        return new Drift(
                difference.resource(), difference.field(), difference.desired(), difference.observed(), reverted);
    }
}
