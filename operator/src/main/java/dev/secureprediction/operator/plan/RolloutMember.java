package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An endpoint in a rollout.
 *
 * @param key which
 * @param inUse the edition that it runs by; absent while nothing was ever accepted for it
 * @param takesEdits whether the operator may change it
 * @param status what was last seen of it
 * @param generation of its spec
 */
public record RolloutMember(
        EndpointKey key, Optional<EditionInUse> inUse, boolean takesEdits, EndpointStatus status, long generation) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<ConditionType> PARTS = List.of(
            ConditionType.EndpointReady,
            ConditionType.IdentityReady,
            ConditionType.GatewayReady,
            ConditionType.PolicyEnforced);

    /** Refusals that no rolled-out part of an environment brings about; what served serves on. */
    private static final Set<String> OF_OTHER_CAUSE =
            Set.of(Reason.NotAllowedByEnvironment.name(), Reason.DuplicateApplication.name());

    /** Reads an endpoint. */
    public static RolloutMember of(
            SecurePredictionEndpoint endpoint, Optional<EditionInUse> inUse, boolean takesEdits) {
        var metadata = endpoint.getMetadata();
        return new RolloutMember(
                new EndpointKey(metadata.getNamespace(), metadata.getName()),
                inUse,
                takesEdits,
                endpoint.getStatus() == null ? EndpointStatus.EMPTY : endpoint.getStatus(),
                metadata.getGeneration() == null ? 0 : metadata.getGeneration());
    }

    /** Has an older edition. */
    boolean waitsFor(String target) {
        return inUse.filter(use -> !use.revision().equals(target)).isPresent();
    }

    /** Has it, and does not (yet) stand with it. */
    boolean isUnsettledOn(String target) {
        return inUse.filter(use -> use.revision().equals(target) && !use.isFirst())
                .filter(use -> !target.equals(status.environmentRevision()) || (speaksOf(use) && !isReady()))
                .isPresent();
    }

    /** Stood before an edit, and does not since: the next edit proves itself here first. */
    boolean isBroken() {
        return inUse.filter(use -> !use.isFirst() && speaksOf(use) && !isReady())
                .isPresent();
    }

    private boolean speaksOf(EditionInUse use) {
        return use.wasReady() && use.generation() == generation;
    }

    /** Whether all that an edition can break holds; a contract that waits at the gate is no failure. */
    public boolean isReady() {
        return failing().isEmpty() && isAvailable();
    }

    /** Whether anything answers: where nothing does, an edit can do no harm. */
    boolean isAvailable() {
        return Conditions.isTrue(status.conditions(), ConditionType.Available);
    }

    /** Not just on its way: nothing answers, a person must act, or it takes longer than starting does. */
    boolean isFailing(Instant now) {
        return !isAvailable()
                || Conditions.isTrue(status.conditions(), ConditionType.Stalled)
                || failing()
                        .map(condition -> Instant.parse(condition.lastTransitionTime()))
                        .filter(since -> since.plus(PATIENCE).isBefore(now))
                        .isPresent();
    }

    /** For people. */
    String shown() {
        return key.namespace() + "/" + key.name()
                + failing().map(condition -> " (" + condition.reason() + ")").orElse("");
    }

    private Optional<Condition> failing() {
        Stream<Condition> refused = Conditions.find(status.conditions(), ConditionType.Accepted)
                .filter(accepted -> !accepted.status().equals(Conditions.TRUE))
                .filter(accepted -> !OF_OTHER_CAUSE.contains(accepted.reason()))
                .stream();
        Stream<Condition> broken = PARTS.stream()
                .flatMap(type -> Conditions.find(status.conditions(), type).stream())
                .filter(condition -> !condition.status().equals(Conditions.TRUE));
        return Stream.concat(refused, broken).findFirst();
    }
}
