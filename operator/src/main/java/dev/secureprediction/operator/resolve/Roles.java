package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Role;
import dev.secureprediction.operator.api.v1alpha1.environment.IssuerSpec;
import dev.secureprediction.policy.decision.InvalidExpressionException;
import dev.secureprediction.policy.decision.RoleExpression;
import java.util.ArrayList;
import java.util.List;

/** A contract's roles against the issuers of the environment that it is placed in. */
final class Roles {

    private static final String PATH = "spec.contract.access.roles[";

    /** Of a role whose issuers are all gone. */
    private static final String NOBODY = "false";

    private final List<String> issuers;
    private final boolean serves;
    private final List<Problem> problems = new ArrayList<>();
    private final List<dev.secureprediction.policy.model.Role> resolved = new ArrayList<>();

    private Roles(List<String> issuers, boolean serves) {
        this.issuers = issuers;
        this.serves = serves;
    }

    /**
     * Checks every role.
     *
     * @param serves whether these were admitted: an issuer that the environment has taken away since is left out of them
     */
    static Roles of(List<Role> roles, List<IssuerSpec> issuers, boolean serves) {
        Roles result = new Roles(issuers.stream().map(IssuerSpec::name).toList(), serves);
        for (int i = 0; i < roles.size(); i++) {
            result.add(roles.get(i), PATH + i + "]");
        }
        return result;
    }

    /** What is wrong with them. */
    List<Problem> problems() {
        return problems;
    }

    /** In order, issuers filled in. */
    List<dev.secureprediction.policy.model.Role> resolved() {
        return resolved;
    }

    private void add(Role role, String path) {
        List<String> named = role.issuers().isEmpty() && issuers.size() == 1 ? issuers : role.issuers();
        if (named.isEmpty()) {
            problems.add(new Problem(
                    Reason.IssuerRequired,
                    path + ".issuers",
                    "the environment has several issuers, " + String.join(", ", issuers)
                            + "; list those whose tokens this role is for"));
        }
        List<String> known = named.stream().filter(issuers::contains).toList();
        for (int i = 0; i < named.size(); i++) {
            if (!serves && !issuers.contains(named.get(i))) {
                problems.add(new Problem(
                        Reason.UnknownIssuer,
                        path + ".issuers[" + i + "]",
                        "the environment has no issuer '" + named.get(i) + "'; use one of "
                                + String.join(", ", issuers)));
            }
        }
        try {
            RoleExpression.compile(role.when());
        } catch (InvalidExpressionException e) {
            problems.add(new Problem(
                    Reason.InvalidExpression,
                    path + ".when",
                    "line " + e.line() + ", column " + e.column() + ": " + e.getMessage()
                            + "; correct the expression"));
        }
        // what it allows beyond plain content, and where it goes, is planned
        boolean isForNobody = known.isEmpty() && !issuers.isEmpty();
        resolved.add(dev.secureprediction.policy.model.Role.plain(
                role.name(),
                isForNobody ? List.of(issuers.getFirst()) : known,
                isForNobody ? NOBODY : role.when(),
                role.actions()));
    }
}
