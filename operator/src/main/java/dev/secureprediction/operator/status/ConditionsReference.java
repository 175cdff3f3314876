package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import java.util.Arrays;
import java.util.List;

/** The page `docs/reference/conditions.md`, from the enums that the operator itself uses. */
public final class ConditionsReference {

    private static final String HEAD = """
            # Conditions and reasons

            Generated from `Reason` and `ConditionType`; a test fails when this page is stale.

            `Ready`, `Reconciling` and `Stalled` repeat the reason of the condition that they follow from. `Reconciling` and
            `Stalled` are present only when True, never both, and `Stalled` stands first. A reason marked *acts: you*, on a
            condition that Ready is made of, makes the resource Stalled: nothing moves until a person acts, and what served
            before keeps serving.

            """;

    private ConditionsReference() {}

    /** The whole page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| condition | True means |\n| --- | --- |\n");
        for (ConditionType type : ConditionType.values()) {
            page.append("| `%s` | %s |\n".formatted(type, type.trueMeans()));
        }
        for (ConditionType type : ConditionType.values()) {
            List<Reason> reasons = Arrays.stream(Reason.values())
                    .filter(reason -> reason.conditions().contains(type))
                    .toList();
            if (!reasons.isEmpty()) {
                page.append("\n## %s\n\n| reason | acts | meaning |\n| --- | --- | --- |\n".formatted(type));
                reasons.forEach(reason -> page.append(
                        "| `%s` | %s | %s |\n".formatted(reason, reason.needsPerson() ? "you" : "", reason.meaning())));
            }
        }
        return page.toString();
    }
}
