package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.util.List;
import java.util.Optional;

/** Ready, and for kstatus Stalled or Reconciling, out of the conditions that make up Ready. */
final class Summary {

    private Summary() {}

    /** What a person must act on goes before what will pass by itself. */
    static void add(ConditionSet conditions, List<ConditionType> parts) {
        List<Condition> failing = parts.stream()
                .filter(type -> !conditions.holds(type))
                .flatMap(type -> conditions.now(type).stream())
                .toList();
        if (failing.isEmpty()) {
            conditions.set(ConditionType.Ready, Truth.True, Reason.AllReady, "everything is in force");
            return;
        }
        Optional<Condition> forPerson = failing.stream()
                .filter(condition -> reason(condition).needsPerson())
                .findFirst();
        Condition first = forPerson.orElse(failing.getFirst());
        conditions.set(ConditionType.Ready, Truth.False, reason(first), first.message());
        conditions.set(
                forPerson.isPresent() ? ConditionType.Stalled : ConditionType.Reconciling,
                Truth.True,
                reason(first),
                first.message());
    }

    private static Reason reason(Condition condition) {
        return Reason.valueOf(condition.reason());
    }
}
