package dev.secureprediction.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param onlyBody the one body that it may send, compared as JSON; absent: any that the rules allow
 */
public record Role(
        String name,
        List<String> issuers,
        String when,
        List<Action> actions,
        Optional<Limits> limits,
        DataRules data,
        Optional<RoleRoute> route,
        Optional<JsonNode> onlyBody) {

    /** A role that may send any body. */
    public Role(
            String name,
            List<String> issuers,
            String when,
            List<Action> actions,
            Optional<Limits> limits,
            DataRules data,
            Optional<RoleRoute> route) {
        this(name, issuers, when, actions, limits, data, route, Optional.empty());
    }

    public Role {
        issuers = List.copyOf(issuers);
        actions = List.copyOf(actions);
        // `null` is no body; Jackson reads an absent one as that
        onlyBody = onlyBody.filter(node -> !node.isNull() && !node.isMissingNode());
    }

    /** A role without limits, whose requests hold plain content and go to the bundle's upstream. */
    public static Role plain(String name, List<String> issuers, String when, List<Action> actions) {
        return new Role(name, issuers, when, actions, Optional.empty(), DataRules.PLAIN_CONTENT, Optional.empty());
    }
}
