package dev.secureprediction.operator.api.v1alpha1;

import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import java.util.List;
import java.util.Optional;

/** How conditions are read. */
public final class Conditions {

    /** Status of a condition that holds. */
    public static final String TRUE = "True";

    /** Status of a condition that does not hold. */
    public static final String FALSE = "False";

    /** Status of a condition that cannot be told. */
    public static final String UNKNOWN = "Unknown";

    /** The condition of a type, if it is present. */
    public static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
        return conditions.stream().filter(c -> c.type().equals(type.name())).findFirst();
    }

    /** Whether the condition of a type is present and True. */
    public static boolean isTrue(List<Condition> conditions, ConditionType type) {
        return find(conditions, type).filter(c -> c.status().equals(TRUE)).isPresent();
    }

    private Conditions() {}
}
