package dev.secureprediction.cli.inspect;

import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.Revocations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Why a gateway would refuse a token before it asks any rule: the gateway's code, and claims by name alone. Pure. */
final class TokenFaults {

    /** What gateways leave to clocks. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private TokenFaults() {}

    static Optional<String> first(
            Map<String, Object> claims, Issuer issuer, Revocations revoked, String subject, Instant now) {
        Optional<Instant> expiry = time(claims, "exp");
        if (expiry.isEmpty()) {
            return Optional.of("TOKEN_INVALID: it has no exp.");
        }
        if (!now.isBefore(expiry.get().plus(SKEW))) {
            return Optional.of("TOKEN_EXPIRED: its exp is past. Ask the issuer for a new one.");
        }
        if (time(claims, "nbf")
                .or(() -> time(claims, "iat"))
                .filter(from -> from.isAfter(now.plus(SKEW)))
                .isPresent()) {
            return Optional.of("TOKEN_NOT_YET_VALID: its nbf or iat is yet to come. Do the clocks differ?");
        }
        Optional<Long> most = issuer.maxTokenLifetimeSeconds();
        if (most.isPresent()
                && time(claims, "iat")
                        .filter(from -> !from.plusSeconds(most.get()).isBefore(expiry.get()))
                        .isEmpty()) {
            return Optional.of("TOKEN_LIFETIME_EXCEEDED: from iat to exp is more than the " + most.get()
                    + " seconds that the environment allows.");
        }
        boolean isRevoked = revoked.subjects().contains(new Revocations.Subject(issuer.name(), subject))
                || revoked.tokenIds()
                        .contains(new Revocations.TokenId(issuer.name(), String.valueOf(claims.get("jti"))));
        return isRevoked
                ? Optional.of("TOKEN_REVOKED: its sub or jti is in the `revoked` of the endpoint or the environment.")
                : Optional.empty();
    }

    private static Optional<Instant> time(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }
}
