package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.status.GatewayReport.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** IdentityReady from both sides: what the operator read, and what the gateways were told about themselves. */
final class IdentityCondition {

    /** What a gateway says when it could not even ask as itself. */
    private static final String NO_CREDENTIAL = ": no credential";

    /** "Access changes take about two minutes, possibly seven or more" (IAM, access change propagation). */
    private static final Duration PROPAGATION = Duration.ofMinutes(10);

    private IdentityCondition() {}

    /**
     * How far the identity is.
     *
     * @param heldBefore whether it was proven before: then Google's own delay is waited out
     */
    static Progress of(Observed observed, boolean heldBefore, Instant now) {
        Progress read = observed.cloud().identity();
        if (!(read instanceof Progress.Done)) {
            return read;
        }
        List<String> excess = excess(observed.gateway());
        if (!excess.isEmpty()) {
            return new Progress.Failed(
                    Reason.ExcessPermission,
                    "Google told the gateway that it has " + String.join(", ", excess)
                            + ", from a group, a folder or the organisation where it is not bound here; take it away");
        }
        if (!heldBefore && unread(observed.gateway()).stream().anyMatch(what -> what.endsWith(NO_CREDENTIAL))) {
            return new Progress.Working(
                    Reason.PermissionMissing,
                    "the gateway gets no token of its account; the grant is still spreading, or the cluster's workload"
                            + " identity is not set up");
        }
        List<String> missing = missing(observed.gateway());
        Optional<Instant> since = asked(observed.gateway())
                .flatMap(own -> own.missingSince().stream())
                .min(Instant::compareTo);
        boolean spreading =
                since.filter(start -> now.isBefore(start.plus(PROPAGATION))).isPresent();
        return missing.isEmpty() || (heldBefore && spreading)
                ? read
                : new Progress.Working(
                        Reason.PermissionMissing,
                        "Google told the gateway that it lacks " + String.join(", ", missing)
                                + (spreading ? "; the grant is still spreading" : "; look for a deny policy"));
    }

    /** Tripwires that some ready pod holds. */
    static List<String> excess(GatewayReport report) {
        return asked(report)
                .flatMap(own -> own.excess().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What some ready pod needs and does not have. */
    static List<String> missing(GatewayReport report) {
        return asked(report)
                .flatMap(own -> own.missing().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What some ready pod could not ask about. */
    static List<String> unread(GatewayReport report) {
        return asked(report)
                .flatMap(own -> own.unread().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<OwnPermissions> asked(GatewayReport report) {
        return report.pods().stream().filter(PodReport::ready).flatMap(pod -> pod.permissions().stream());
    }
}
