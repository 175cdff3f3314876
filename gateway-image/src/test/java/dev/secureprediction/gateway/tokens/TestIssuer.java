package dev.secureprediction.gateway.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.policy.model.ClaimNames;
import dev.secureprediction.policy.model.Issuer;
import dev.secureprediction.policy.model.KeySource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An issuer in memory: serves its key set, signs what a test asks for, fails on demand. */
final class TestIssuer implements KeyDocuments {
    static final String URL = "https://issuer.test/oauth2";
    static final String AUDIENCE = "api://prediction";
    private static final RSAKey FIRST = newKey("k1");

    private final Clock clock;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey key = FIRST;
    private volatile @Nullable String served;
    private volatile boolean down;

    TestIssuer(Clock clock) {
        this.clock = clock;
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As policies know it, with changes. */
    static Issuer issuer(Optional<Long> maxLifetime, List<String> types) {
        return new Issuer(
                "okta",
                URL,
                List.of(AUDIENCE),
                List.of("RS256"),
                new ClaimNames("sub", "groups", "scp", "org"),
                new KeySource.Jwks(URL + "/keys", Optional.empty()),
                3_600,
                maxLifetime,
                types);
    }

    void rotateTo(RSAKey next) {
        key = next;
    }

    void serves(String document) {
        served = document;
    }

    void down(boolean fails) {
        down = fails;
    }

    int fetches() {
        return fetches.get();
    }

    RSAKey key() {
        return key;
    }

    @Override
    public Document get(URI uri) throws IOException {
        fetches.incrementAndGet();
        if (down) {
            throw new IOException("status 500");
        }
        String override = served;
        String set = override != null ? override : new JWKSet(key.toPublicJWK()).toString();
        return new Document(set.getBytes(StandardCharsets.UTF_8), Optional.of(Duration.ofMinutes(5)));
    }

    /** Claims of a good token. */
    Map<String, Object> claims() {
        long now = clock.instant().getEpochSecond();
        return new LinkedHashMap<>(
                Map.of("iss", URL, "aud", AUDIENCE, "sub", "analyst", "jti", "t1", "iat", now, "exp", now + 600));
    }

    String token(Map<String, Object> claims) {
        return token("at+jwt", JSONObjectUtils.toJSONString(claims));
    }

    String token(@Nullable String type, String payload) {
        try {
            JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
            if (type != null) {
                header.type(new JOSEObjectType(type));
            }
            JWSObject jws = new JWSObject(header.build(), new Payload(payload));
            jws.sign(new RSASSASigner(key));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
