package dev.secureprediction.sandbox.cloud.iam;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Workload identity pools and the issuer each trusts: `PROJECT.svc.id.goog` for GKE,
 * `projects/N/locations/global/workloadIdentityPools/P/providers/V` elsewhere.
 */
public final class TrustedPools {

    /**
     * An issuer whose tokens a pool takes.
     *
     * @param issuer exact value of the `iss` claim
     * @param keys its keys, read at each exchange
     */
    record Trust(String issuer, Supplier<JWKSet> keys) {}

    private final Map<String, Trust> trusts = new ConcurrentHashMap<>();

    public void trust(String pool, String issuer, Supplier<JWKSet> keys) {
        trusts.put(pool, new Trust(issuer, keys));
    }

    /** Takes no token from now on. */
    void distrust(String pool) {
        trusts.keySet().removeIf(known -> known.equals(pool) || known.startsWith(pool + "/"));
    }

    Optional<Trust> find(String pool) {
        return Optional.ofNullable(trusts.get(pool));
    }
}
