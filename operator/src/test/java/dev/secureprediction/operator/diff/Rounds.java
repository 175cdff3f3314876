package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.ModelCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.Outcome;
import java.util.Optional;
import java.util.function.BiFunction;

/** Rounds of observing, planning and changing, as the operator makes them. */
final class Rounds {

    static final int MOST = 40;

    private Rounds() {}

    /** Goes on until nothing is to be changed; gives the last plan. */
    static CloudPlan until(
            ModelCloud cloud, DesiredCloud desired, BiFunction<DesiredCloud, ObservedCloud, CloudPlan> diff) {
        Optional<String> pending = Optional.empty();
        for (int round = 0; round < MOST; round++) {
            ObservedCloud observed = cloud.observe(desired, pending);
            pending = observed.runningOperation();
            CloudPlan plan = diff.apply(desired, observed);
            if (plan.changes().isEmpty() && pending.isEmpty()) {
                return plan;
            }
            for (Change change : plan.changes()) {
                if (cloud.apply(desired, change) instanceof Outcome.Pending begun) {
                    pending = Optional.of(begun.operationName());
                    break;
                }
            }
        }
        throw new AssertionError("still changing after " + MOST + " rounds: " + cloud.log());
    }
}
