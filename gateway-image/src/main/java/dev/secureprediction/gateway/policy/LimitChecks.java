package dev.secureprediction.gateway.policy;

import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Role;
import java.util.Optional;

/** Whether the limits of a bundle can be held as they are written. */
final class LimitChecks {
    private LimitChecks() {}

    /**
     * The first limit that cannot be, and what to do; empty: all can.
     *
     * @param hasStore whether there is a store that all pods share
     */
    static Optional<String> problem(PolicyBundle bundle, boolean hasStore) {
        boolean shared = bundle.gateway().onStoreFailure().isPresent();
        if (shared && !hasStore) {
            return Optional.of("gateway.onStoreFailure: this gateway was started without SPE_STORE_DIRECTORY");
        }
        for (Role role : bundle.roles()) {
            Optional<String> problem = role.limits().flatMap(limits -> uncounted(role.name(), limits, bundle));
            if (problem.isPresent()) {
                return problem;
            }
        }
        long pods = bundle.gateway().maxReplicas();
        if (shared) {
            return Optional.empty(); // counted for all pods together
        }
        for (Role role : bundle.roles()) {
            Optional<String> problem = role.limits().flatMap(limits -> tooSmall(role.name(), limits, pods));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** What nobody counts cannot be limited. */
    private static Optional<String> uncounted(String role, Limits limits, PolicyBundle bundle) {
        boolean ofTokens =
                limits.tokensPerMinute().isPresent() || limits.maxOutputTokens().isPresent();
        return bundle.surfaces().stream()
                .filter(surface -> ofTokens
                        && !SurfaceRegistry.standard()
                                .module(surface)
                                .extractor()
                                .reportsTokens())
                .findFirst()
                .map(surface -> "roles: " + role + ": limits of tokens: answers of " + surface
                        + " do not say how many were used; remove the limit or the surface");
    }

    /** Without a store each pod takes its share, so that a share must be at least 1. */
    private static Optional<String> tooSmall(String role, Limits limits, long pods) {
        return below("requestsPerMinute", limits.requestsPerMinute(), pods)
                .or(() -> below("maxConcurrent", limits.maxConcurrent(), pods))
                .or(() -> below("tokensPerMinute", limits.tokensPerMinute(), pods))
                .map(what -> "roles: " + role + ": limits." + what);
    }

    private static Optional<String> below(String name, Optional<Long> limit, long pods) {
        return limit.filter(some -> some < pods)
                .map(some -> name + ": " + some + " cannot be shared by " + pods
                        + " pods; raise it, lower gateway.maxReplicas, or give the environment a store");
    }
}
