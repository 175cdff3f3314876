package dev.secureprediction.operator.diff;

import dev.secureprediction.operator.cloud.Binding;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Model Armor's role for our account, where a guardrail asks for it; on the project, where its templates are. */
public final class ScreeningGrant {
    private ScreeningGrant() {}

    /** The binding, where it is wanted and missing. */
    static List<Change> missing(DesiredCloud desired, ObservedCloud observed) {
        return isComplete(desired, observed)
                ? List.of()
                : List.of(new Change.Grant(desired.screeningTarget(), desired.screeningBinding()));
    }

    /** Whether the account may ask Model Armor, where it has to. */
    public static boolean isComplete(DesiredCloud desired, ObservedCloud observed) {
        return !desired.screens() || held(desired, observed).anyMatch(desired.screeningBinding()::equals);
    }

    /** Bindings of that role that are not wanted, or not as we set them. */
    static List<Change> unwanted(DesiredCloud desired, ObservedCloud observed) {
        return revoke(desired, observed, binding -> !isWanted(desired, binding));
    }

    /** All bindings of that role. */
    static List<Change> all(DesiredCloud desired, ObservedCloud observed) {
        return revoke(desired, observed, binding -> true);
    }

    static boolean isWanted(DesiredCloud desired, Binding binding) {
        return desired.screens() && binding.equals(desired.screeningBinding());
    }

    private static List<Change> revoke(DesiredCloud desired, ObservedCloud observed, Predicate<Binding> which) {
        return held(desired, observed)
                .filter(which)
                .map(binding -> (Change) new Change.Revoke(desired.screeningTarget(), binding))
                .toList();
    }

    private static Stream<Binding> held(DesiredCloud desired, ObservedCloud observed) {
        PolicyTarget target = desired.screeningTarget();
        Stream<Binding> there = target.equals(desired.grantTarget())
                ? observed.grantPolicy().bindings().stream()
                : observed.access().elsewhere().stream()
                        .filter(held -> held.target().equals(target))
                        .map(held -> held.binding());
        return there.filter(binding -> binding.role().equals(DesiredCloud.MODEL_ARMOR_ROLE))
                .filter(binding -> binding.member().equals(desired.accountMember()));
    }
}
