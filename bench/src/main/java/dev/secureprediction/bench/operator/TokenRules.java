package dev.secureprediction.bench.operator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;

/** Judges the tokens that the operator proves gateways with, as a gateway does: by signature, audience, time and subject. */
final class TokenRules {
    private static final Refusal MISSING = new Refusal(401, "TOKEN_MISSING");
    private static final Refusal INVALID = new Refusal(401, "TOKEN_INVALID");
    private static final Refusal OTHER_AUDIENCE = new Refusal(401, "TOKEN_AUDIENCE_REFUSED");
    private static final Refusal EXPIRED = new Refusal(401, "TOKEN_EXPIRED");
    private static final Refusal DENIED = new Refusal(403, "ACCESS_DENIED");

    private final JWKSet keys;

    /** What a caller is told. */
    record Refusal(int status, String code) {}

    private TokenRules(JWKSet keys) {
        this.keys = keys;
    }

    /**
     * With the cluster's keys.
     *
     * @param jwks as the API server serves them
     */
    static TokenRules of(String jwks) {
        try {
            return new TokenRules(JWKSet.parse(jwks));
        } catch (ParseException e) {
            throw new IllegalArgumentException("the API server's keys cannot be read", e);
        }
    }

    /** Empty for who may call; nobody may without a canary, but a call for another model is told first. */
    Optional<Refusal> refusal(Optional<String> token, String path) {
        if (token.isEmpty()) {
            return Optional.of(MISSING);
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token.get());
            Optional<JWK> key = Optional.ofNullable(
                    keys.getKeyByKeyId(String.valueOf(jwt.getHeader().getKeyID())));
            if (key.isEmpty() || !jwt.verify(verifier(key.get()))) {
                return Optional.of(INVALID);
            }
            return refusal(jwt.getJWTClaimsSet(), path);
        } catch (ParseException | JOSEException e) {
            return Optional.of(INVALID);
        }
    }

    private static Optional<Refusal> refusal(JWTClaimsSet claims, String path) {
        if (claims.getAudience().stream()
                .noneMatch(audience -> audience.matches("secureprediction.dev/verify/[^/]+/[^/]+"))) {
            return Optional.of(OTHER_AUDIENCE);
        }
        boolean isExpired = claims.getExpirationTime() == null
                || claims.getExpirationTime().toInstant().isBefore(Instant.now());
        if (isExpired) {
            return Optional.of(EXPIRED);
        }
        boolean isStranger = String.valueOf(claims.getSubject()).contains(":stranger-");
        return isStranger || path.contains("-other") ? Optional.of(DENIED) : Optional.empty();
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key.getKeyType().getValue()) {
            case "RSA" -> new RSASSAVerifier(key.toRSAKey());
            case "EC" -> new ECDSAVerifier(key.toECKey());
            default -> throw new JOSEException("no verifier for " + key.getKeyType());
        };
    }
}
