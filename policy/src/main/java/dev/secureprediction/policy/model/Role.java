package dev.secureprediction.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * Who may do what. Roles are tried in order; the first that matches the caller and allows the action applies, alone.
 *
 * @param name shown in audit records, never to callers
 * @param issuers names of the issuers whose tokens may match; never empty
 * @param when CEL over claims, bindings and request; an error is no match
 * @param actions what it allows; never empty
 * @param limits how much; absent: unlimited
 * @param data what requests may hold
 * @param route where its calls go; absent: to the bundle's upstream
 */
public record Role(
        String name,
        List<String> issuers,
        String when,
        List<Action> actions,
        Optional<Limits> limits,
        DataRules data,
        Optional<RoleRoute> route) {

    public Role {
        issuers = List.copyOf(issuers);
        actions = List.copyOf(actions);
    }

    /** A role without limits, whose requests hold plain content and go to the bundle's upstream. */
    public static Role plain(String name, List<String> issuers, String when, List<Action> actions) {
        return new Role(name, issuers, when, actions, Optional.empty(), DataRules.PLAIN_CONTENT, Optional.empty());
    }
}
