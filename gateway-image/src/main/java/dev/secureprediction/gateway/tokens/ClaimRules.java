package dev.secureprediction.gateway.tokens;

import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.decision.CallerClaims;
import dev.secureprediction.policy.model.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks header type and claims of a token whose signature is good (RFC 7519, RFC 8725, RFC 9068). */
final class ClaimRules {
    /** How far the issuer's clock and ours may differ. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final long LAST_SECOND = 253_402_300_799L; // 9999-12-31T23:59:59Z
    private static final List<String> USUAL_TYPES = List.of("at+jwt", "jwt");
    private static final int MAX_SUBJECT = 512;

    private final Issuer issuer;
    private final List<String> types;

    ClaimRules(Issuer issuer) {
        this.issuer = issuer;
        this.types = issuer.tokenTypes().stream().map(ClaimRules::normalType).toList();
    }

    /** The token's content, if every rule holds at this time. */
    VerifiedToken check(CompactJws jws, String keyThumbprint, Instant now) throws FaultyTokenException {
        checkType(jws.type());
        if (!acceptsAudience(jws.claims())) {
            throw new FaultyTokenException(TokenFault.AUDIENCE_REFUSED);
        }
        Instant expiry = checkTimes(jws.claims(), now);
        Caller caller = CallerClaims.of(issuer, jws.claims());
        if (caller.subject().isBlank() || caller.subject().length() > MAX_SUBJECT) {
            throw new FaultyTokenException(TokenFault.SUBJECT_MISSING);
        }
        Optional<String> id = jws.claims().get("jti") instanceof String text ? Optional.of(text) : Optional.empty();
        return new VerifiedToken(caller, id, expiry.plus(SKEW), keyThumbprint);
    }

    /** `aud` as a string or an array (RFC 7519, section 4.1.3); one value must be exactly one of ours. */
    boolean acceptsAudience(Map<String, Object> claims) {
        Object audience = claims.get("aud");
        return audience instanceof List<?> many ? many.stream().anyMatch(this::isOurs) : isOurs(audience);
    }

    private boolean isOurs(@Nullable Object audience) {
        return audience instanceof String text && issuer.audiences().contains(text);
    }

    private void checkType(Optional<String> type) throws FaultyTokenException {
        boolean accepted = types.isEmpty()
                ? type.map(ClaimRules::normalType).map(USUAL_TYPES::contains).orElse(true)
                : type.map(ClaimRules::normalType).map(types::contains).orElse(false);
        if (!accepted) {
            throw new FaultyTokenException(TokenFault.TYPE_REFUSED);
        }
    }

    private Instant checkTimes(Map<String, Object> claims, Instant now) throws FaultyTokenException {
        Instant expiry = time(claims, "exp").orElseThrow(() -> new FaultyTokenException(TokenFault.EXPIRY_MISSING));
        if (!now.isBefore(expiry.plus(SKEW))) {
            throw new FaultyTokenException(TokenFault.EXPIRED);
        }
        Optional<Instant> notBefore = time(claims, "nbf");
        if (notBefore.isPresent() && notBefore.get().isAfter(now.plus(SKEW))) {
            throw new FaultyTokenException(TokenFault.NOT_YET_VALID);
        }
        Optional<Instant> issued = time(claims, "iat");
        if (issued.isPresent() && issued.get().isAfter(now.plus(SKEW))) {
            throw new FaultyTokenException(TokenFault.ISSUED_IN_FUTURE);
        }
        if (issuer.maxTokenLifetimeSeconds().isPresent()) {
            long most = issuer.maxTokenLifetimeSeconds().get();
            if (issued.isEmpty() || issued.get().plusSeconds(most).isBefore(expiry)) {
                throw new FaultyTokenException(TokenFault.LIFETIME_EXCEEDED);
            }
        }
        return expiry;
    }

    /** A NumericDate, whole seconds only: floats, strings and numbers beyond year 9999 are refused. */
    private static Optional<Instant> time(Map<String, Object> claims, String name) throws FaultyTokenException {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        Object value = claims.get(name);
        long seconds = value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : -1;
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw new FaultyTokenException(TokenFault.TIME_MALFORMED);
        }
        return Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** Media types compare without case, and `application/` may be left out (RFC 7515, section 4.1.9). */
    private static String normalType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }
}
