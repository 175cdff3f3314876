package dev.secureprediction.gateway.attack;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.issuer.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens that an issuer would not make. */
final class Tokens {
    private Tokens() {}

    /** Valid but for what a test changes. */
    static TokenBuilder analyst(OidcIssuer issuer) {
        return issuer.newToken()
                .subject("analyst@example.com")
                .claim("groups", List.of("ml-analysts-qa"))
                .audience(Policies.AUDIENCE);
    }

    /** What such a token says. */
    static Map<String, Object> analystClaims(String issuerUrl) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuerUrl);
        claims.put("aud", Policies.AUDIENCE);
        claims.put("sub", "analyst@example.com");
        claims.put("groups", List.of("ml-analysts-qa"));
        claims.put("iat", now);
        claims.put("exp", now + 600);
        return claims;
    }

    /** Header and payload as they are, with a signature that is none. */
    static String assembled(String header, String payload) {
        return base64(header) + "." + base64(payload) + "." + base64("no signature at all");
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A key that no issuer has published. */
    static RSAKey strangersKey(String keyId) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
