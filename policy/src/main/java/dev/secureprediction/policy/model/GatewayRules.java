package dev.secureprediction.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * How the gateway itself is run.
 *
 * @param maxReplicas most pods that share the limits; at least 1
 * @param onStoreFailure what follows when the shared store is down; absent: there is none, each pod takes its share
 * @param trustedProxies CIDRs whose hosts may speak for a client address; empty: nobody may
 * @param corsOrigins origins whose pages may call (Fetch standard); empty: none
 * @param docs whether `/openapi.json` and `/docs` are served
 */
public record GatewayRules(
        int maxReplicas,
        Optional<OnStoreFailure> onStoreFailure,
        List<String> trustedProxies,
        List<String> corsOrigins,
        boolean docs) {

    /** One pod by itself, nothing beyond the surfaces. */
    public static final GatewayRules ALONE = new GatewayRules(1, Optional.empty(), List.of(), List.of(), false);

    /** What follows when the shared store is down. */
    public enum OnStoreFailure {
        /** Each replica limits by itself. */
        Local,
        /** Calls are refused. */
        Refuse
    }

    public GatewayRules {
        trustedProxies = List.copyOf(trustedProxies);
        corsOrigins = List.copyOf(corsOrigins);
    }
}
