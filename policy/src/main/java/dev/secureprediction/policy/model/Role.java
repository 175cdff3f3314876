package dev.secureprediction.policy.model;

import java.util.List;

/**
 * Who may do what. Roles are tried in order; the first that matches the caller and allows the action applies, alone.
 *
 * @param name shown in audit records, never to callers
 * @param issuers names of the issuers whose tokens may match; never empty
 * @param when CEL over claims, bindings and request; an error is no match
 * @param actions what it allows; never empty
 */
public record Role(String name, List<String> issuers, String when, List<Action> actions) {

    public Role {
        issuers = List.copyOf(issuers);
        actions = List.copyOf(actions);
    }
}
