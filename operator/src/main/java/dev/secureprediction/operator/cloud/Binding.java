package dev.secureprediction.operator.cloud;

import java.util.Optional;

/**
 * One member of one role, under one condition: the smallest thing that an IAM policy holds.
 *
 * @param role full role name
 * @param member IAM member, such as `serviceAccount:EMAIL`
 * @param condition absent when it always holds
 */
public record Binding(String role, String member, Optional<Condition> condition) {

    /** A binding that always holds. */
    public static Binding always(String role, String member) {
        return new Binding(role, member, Optional.empty());
    }

    /**
     * Condition of a binding.
     *
     * @param title its title
     * @param expression CEL
     */
    public record Condition(String title, String expression) {}
}
