package dev.secureprediction.sandbox.cloud.iam;

import com.google.type.Expr;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Conditions of bindings, in two forms: which roles a policy change may touch, and an end in time. Any other expression
 * grants nothing, as resource attributes grant nothing on services that do not know them.
 */
final class Conditions {
    private static final Pattern MODIFIED_GRANTS = Pattern.compile(
            "api\\.getAttribute\\(\\s*['\"]iam\\.googleapis\\.com/modifiedGrantsByRole['\"]\\s*,\\s*\\[\\s*]\\s*\\)"
                    + "\\.hasOnly\\(\\s*\\[(?<roles>[^]]*)]\\s*\\)");
    private static final Pattern UNTIL =
            Pattern.compile("request\\.time\\s*<\\s*timestamp\\(\\s*['\"](?<time>[^'\"]+)['\"]\\s*\\)");

    private Conditions() {}

    /**
     * Whether a condition holds.
     *
     * @param modifiedRoles the roles whose grants the request changes; empty for a request that changes none
     */
    static boolean hold(Expr condition, Instant now, Set<String> modifiedRoles) {
        String expression = condition.getExpression().strip();
        var grants = MODIFIED_GRANTS.matcher(expression);
        if (grants.matches()) {
            return roles(grants.group("roles")).containsAll(modifiedRoles);
        }
        var until = UNTIL.matcher(expression);
        return until.matches() && now.isBefore(Instant.parse(until.group("time")));
    }

    private static Set<String> roles(String list) {
        return Arrays.stream(list.split(","))
                .map(role -> role.strip().replaceAll("^['\"]|['\"]$", ""))
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
    }
}
