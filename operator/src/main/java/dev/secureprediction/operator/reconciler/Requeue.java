package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.status.GatewayReport.PodReport;
import dev.secureprediction.operator.status.Observed;
import dev.secureprediction.operator.status.ProbeResult;
import dev.secureprediction.operator.status.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * When to look again. What Kubernetes can tell comes as an event; what it cannot is asked for, in pauses that grow with the time
 * that it has taken already. That time is read from the conditions, so that nothing needs to be remembered.
 */
final class Requeue {

    private static final Duration OPERATION_MOST = Duration.ofSeconds(30);
    private static final Duration FAILURE_LEAST = Duration.ofSeconds(5);
    private static final Duration FAILURE_MOST = Duration.ofMinutes(5);
    private static final Duration ROLLOUT_LEAST = Duration.ofSeconds(3);
    private static final Duration POLICY_LEAST = Duration.ofSeconds(1);
    private static final Duration POLICY_MOST = Duration.ofSeconds(15);
    private static final double JITTER = 0.1;

    private final Duration operationLeast;
    private final Clock clock;

    Requeue(Duration operationLeast, Clock clock) {
        this.operationLeast = operationLeast;
        this.clock = clock;
    }

    /**
     * The shortest of the pauses that apply.
     *
     * @param driftSeconds how often a settled state is read again
     */
    Duration after(Observed observed, List<Condition> conditions, int driftSeconds) {
        return Stream.of(
                        pause(observed.cloud().identity(), ConditionType.IdentityReady, conditions),
                        pause(observed.cloud().endpoint(), ConditionType.EndpointReady, conditions),
                        gateway(observed, conditions),
                        observed.nextProof().map(due -> atLeast(Duration.between(clock.instant(), due))),
                        Optional.of(jittered(Duration.ofSeconds(driftSeconds))))
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /** The earlier of both. */
    static Duration sooner(Duration pause, Optional<Duration> deadline) {
        return deadline.filter(due -> due.compareTo(pause) < 0).orElse(pause);
    }

    /**
     * For an environment, whose project is asked again like an endpoint's.
     *
     * @param isRolloutKnown whether the rollout of its last edit could be looked at
     */
    Duration environment(Progress progress, List<Condition> conditions, boolean isRolloutKnown, int driftSeconds) {
        if (isNotGranted(conditions)) {
            return growing(since(ConditionType.Accepted, conditions), POLICY_LEAST, POLICY_MOST);
        }
        if (!isRolloutKnown || !isTrue(ConditionType.RolledOut, conditions)) {
            return growing(since(ConditionType.RolledOut, conditions), ROLLOUT_LEAST, OPERATION_MOST);
        }
        return pause(progress, ConditionType.CloudReady, conditions)
                .orElseGet(() -> jittered(Duration.ofSeconds(driftSeconds)));
    }

    /** What a RoleBinding changes comes as no event. */
    private static boolean isNotGranted(List<Condition> conditions) {
        return find(ConditionType.Accepted, conditions)
                .filter(accepted -> accepted.reason().equals(Reason.GatewayNamespaceNotGranted.name()))
                .isPresent();
    }

    /** For a removal that the API server did not take. */
    Duration refused(Instant since) {
        return growing(since, FAILURE_LEAST, FAILURE_MOST);
    }

    /** For a removal that is not done. */
    Duration removal(CloudResult result, Instant since) {
        return result.failure().isPresent()
                ? growing(since, FAILURE_LEAST, FAILURE_MOST)
                : growing(since, operationLeast, OPERATION_MOST);
    }

    private Optional<Duration> pause(Progress progress, ConditionType type, List<Condition> conditions) {
        return switch (progress) {
            case Progress.Done ignored -> Optional.empty();
            case Progress.Working ignored ->
                Optional.of(growing(since(type, conditions), operationLeast, OPERATION_MOST));
            case Progress.Failed ignored -> Optional.of(growing(since(type, conditions), FAILURE_LEAST, FAILURE_MOST));
        };
    }

    private Optional<Duration> gateway(Observed observed, List<Condition> conditions) {
        var report = observed.gateway();
        if (report.problem().isPresent()) {
            return Optional.of(growing(since(ConditionType.GatewayReady, conditions), FAILURE_LEAST, FAILURE_MOST));
        }
        boolean isAsked = report.pods().stream().anyMatch(PodReport::ready);
        boolean isEffective = !isReason(ConditionType.IdentityReady, Reason.PermissionMissing, conditions);
        boolean isProven =
                observed.probe() instanceof ProbeResult.Refused && isTrue(ConditionType.PolicyEnforced, conditions);
        return isAsked && !(isProven && isEffective)
                ? Optional.of(growing(since(ConditionType.PolicyEnforced, conditions), POLICY_LEAST, POLICY_MOST))
                : Optional.empty();
    }

    private static Duration atLeast(Duration pause) {
        return pause.compareTo(POLICY_LEAST) < 0 ? POLICY_LEAST : pause;
    }

    private Duration growing(Instant since, Duration least, Duration most) {
        var age = Duration.between(since, clock.instant());
        var tenth = age.dividedBy(10);
        var pause = tenth.compareTo(least) < 0 ? least : tenth;
        return jittered(pause.compareTo(most) > 0 ? most : pause);
    }

    private Instant since(ConditionType type, List<Condition> conditions) {
        return find(type, conditions)
                .map(condition -> Instant.parse(condition.lastTransitionTime()))
                .orElseGet(clock::instant);
    }

    private static boolean isReason(ConditionType type, Reason reason, List<Condition> conditions) {
        return find(type, conditions)
                .filter(condition -> condition.reason().equals(reason.name()))
                .isPresent();
    }

    private static boolean isTrue(ConditionType type, List<Condition> conditions) {
        return find(type, conditions)
                .filter(condition -> condition.status().equals("True"))
                .isPresent();
    }

    private static Optional<Condition> find(ConditionType type, List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type.name()))
                .findFirst();
    }

    /** Many resources made at one moment should not come back at one moment. */
    private static Duration jittered(Duration pause) {
        var factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Duration.ofMillis(Math.round(pause.toMillis() * factor));
    }
}
