package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.plan.Admission;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.util.List;
import java.util.Optional;

/** Which conditions turned between two lists of them. */
record Transitions(List<Condition> before, List<Condition> after) {

    /** A warning when a person is newly needed, or for another reason than before. */
    Optional<StatusEvent> stalled() {
        Optional<Condition> was = find(before, ConditionType.Stalled);
        return find(after, ConditionType.Stalled)
                .filter(is -> was.filter(old -> old.reason().equals(is.reason())
                                && old.message().equals(is.message()))
                        .isEmpty())
                .map(is -> StatusEvent.warning(is.reason(), is.message()));
    }

    /** When something newly waits at the gate, or for another reason; a warning when a record counted for nothing. */
    Optional<StatusEvent> heldAtGate() {
        Optional<Condition> was = find(before, ConditionType.Reconciling);
        return find(after, ConditionType.Reconciling)
                .filter(is -> is.reason().equals(Reason.AwaitingPromotion.name()))
                .filter(is -> was.filter(old -> old.reason().equals(is.reason())
                                && old.message().equals(is.message()))
                        .isEmpty())
                .map(is -> new StatusEvent(
                        is.message().contains(Admission.Held.NOT_COUNTED), "PromotionHeld", is.message()));
    }

    /** The condition, if it is True now and was not. */
    Optional<Condition> turnedTrue(ConditionType type) {
        return find(after, type).filter(Transitions::holds).filter(is -> !heldBefore(type));
    }

    /** The condition, if it was True and is present otherwise now. */
    Optional<Condition> turnedAway(ConditionType type) {
        return find(after, type).filter(is -> !holds(is)).filter(is -> heldBefore(type));
    }

    /** The condition, if it has this reason now and had not. */
    Optional<Condition> turnedTo(ConditionType type, Reason reason) {
        return find(after, type)
                .filter(is -> is.reason().equals(reason.name()))
                .filter(is -> find(before, type)
                        .filter(was -> was.reason().equals(is.reason()))
                        .isEmpty());
    }

    private boolean heldBefore(ConditionType type) {
        return find(before, type).filter(Transitions::holds).isPresent();
    }

    private static boolean holds(Condition condition) {
        return condition.status().equals(Truth.True.name());
    }

    private static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type.name()))
                .findFirst();
    }
}
