package dev.secureprediction.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * A token issuer that the gateway trusts (RFC 8414, OpenID Connect Discovery 1.0).
 *
 * @param name what roles call it
 * @param url the exact value of the `iss` claim
 * @param audiences accepted values of `aud`; one of them must match exactly
 * @param algorithms accepted JWS algorithms, asymmetric only (RFC 7518)
 * @param claims which claims carry subject, groups, scopes and tenant
 * @param keys where the signing keys come from
 * @param maxStaleSeconds how long the last good keys serve while the issuer is down
 * @param maxTokenLifetimeSeconds largest accepted `exp` minus `iat`; absent: unlimited
 * @param tokenTypes accepted `typ` header values, compared as RFC 9068 says; empty: `at+jwt`, `JWT` or none
 */
public record Issuer(
        String name,
        String url,
        List<String> audiences,
        List<String> algorithms,
        ClaimNames claims,
        KeySource keys,
        long maxStaleSeconds,
        Optional<Long> maxTokenLifetimeSeconds,
        List<String> tokenTypes) {

    public Issuer {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
        tokenTypes = List.copyOf(tokenTypes);
    }
}
