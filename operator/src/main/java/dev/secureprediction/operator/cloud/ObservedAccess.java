package dev.secureprediction.operator.cloud;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the endpoint's account can do beside its own grant, and who holds a key of it, as far as the operator may read.
 *
 * @param elsewhere bindings that name the account on resources other than where its own grant stands
 * @param roles what the roles hold that name the account, by full role name; a role that could not be read is missing
 * @param keys resource names of keys that somebody made for the account
 * @param unread what could not be read, in words; nothing is claimed of it
 */
public record ObservedAccess(
        List<Held> elsewhere, Map<String, Set<String>> roles, List<String> keys, List<String> unread) {

    /** Everything was read, and nothing was found. */
    public static final ObservedAccess NONE = new ObservedAccess(List.of(), Map.of(), List.of(), List.of());

    /** Keeps copies. */
    public ObservedAccess {
        elsewhere = List.copyOf(elsewhere);
        roles = Map.copyOf(roles);
        keys = List.copyOf(keys);
        unread = List.copyOf(unread);
    }

    /** A binding and where it stands. */
    public record Held(PolicyTarget target, Binding binding) {}
}
