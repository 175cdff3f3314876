package dev.secureprediction.sandbox.cluster;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One finished request to the API server, as its audit log tells it.
 *
 * @param at when it arrived
 * @param user who sent it, before impersonation
 * @param impersonated whom it was sent as
 * @param userAgent the client's own name
 * @param verb get, list, watch, create, update, patch, delete or deletecollection
 * @param resource plural name, with the subresource after a slash: {@code pods/status}; empty for other paths
 * @param namespace empty for cluster-scoped ones
 * @param name empty for collections
 * @param code HTTP status
 */
public record AuditedRequest(
        Instant at,
        String user,
        Optional<String> impersonated,
        String userAgent,
        String verb,
        String resource,
        String namespace,
        String name,
        int code) {

    private static final Set<String> MUTATING = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** Reviews and token requests are sent with POST but store nothing. */
    private static final Set<String> STORES_NOTHING = Set.of(
            "serviceaccounts/token",
            "tokenreviews",
            "selfsubjectreviews",
            "subjectaccessreviews",
            "selfsubjectaccessreviews",
            "selfsubjectrulesreviews",
            "localsubjectaccessreviews");

    /** Who it counts as: the impersonated one if any. */
    public String actor() {
        return impersonated.orElse(user);
    }

    /** Whether it asked for a stored change. Leases count: filter by {@link #resource}. */
    public boolean mutating() {
        return MUTATING.contains(verb) && !STORES_NOTHING.contains(resource);
    }
}
