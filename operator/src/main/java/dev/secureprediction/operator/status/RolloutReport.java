package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.status.RolloutStatus;
import dev.secureprediction.operator.plan.RolloutPlan;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far an edit of an environment has come: a condition beside Ready, since endpoints can be placed meanwhile. */
final class RolloutReport {

    private static final int MAX_REASON = 1024;

    private RolloutReport() {}

    static @Nullable RolloutStatus add(
            ConditionSet conditions, Optional<RolloutPlan.Summary> rollout, @Nullable RolloutStatus before) {
        if (rollout.isEmpty()) {
            conditions.keep(ConditionType.RolledOut);
            return before;
        }
        RolloutPlan.Summary summary = rollout.get();
        String count =
                summary.updated() + " of " + (summary.updated() + summary.waiting()) + " endpoints have the edit";
        if (summary.stand() == RolloutPlan.Stand.DONE || isOver(summary, before)) {
            conditions.set(
                    ConditionType.RolledOut, Truth.True, Reason.AllUpdated, "every endpoint runs by the last edit");
            return new RolloutStatus(summary.revision(), summary.updated(), 0, null);
        }
        Reason reason = summary.stand() == RolloutPlan.Stand.PAUSED ? Reason.RolloutPaused : Reason.RollingOut;
        conditions.set(ConditionType.RolledOut, Truth.False, reason, count + "; " + summary.reason());
        String why = summary.reason();
        return new RolloutStatus(
                summary.revision(),
                summary.updated(),
                summary.waiting(),
                why.substring(0, Math.min(MAX_REASON, why.length())));
    }

    /** Once all stood with it, what befalls an endpoint later is no longer the edit's doing. */
    private static boolean isOver(RolloutPlan.Summary summary, @Nullable RolloutStatus before) {
        return before != null
                && summary.waiting() == 0
                && summary.revision().equals(before.revision())
                && before.reason() == null;
    }
}
