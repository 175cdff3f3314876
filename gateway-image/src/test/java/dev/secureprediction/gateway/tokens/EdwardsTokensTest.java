package dev.secureprediction.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.policy.model.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens signed with Ed25519 (RFC 8037): taken where an issuer lists it, and only then. */
final class EdwardsTokensTest {
    private static final int X509_HEAD = 12;

    private final TestTime time = new TestTime();
    private final TestIssuer issuer = new TestIssuer(time);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final KeyRegistry registry = new KeyRegistry(caBundle -> issuer, SignatureProvider::jdk, timer, time);
    private KeyPair pair;

    @BeforeEach
    void begin() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        issuer.serves(jwkSet("Ed25519", rawKey(pair)));
    }

    @AfterEach
    void end() {
        registry.close();
        timer.shutdownNow();
    }

    @Test
    void aSoundOneIsTaken() throws GeneralSecurityException {
        assertThat(outcome(List.of("EdDSA"), token("EdDSA", pair))).isEqualTo("valid");
    }

    @Test
    void itIsRefusedWhereTheIssuerDoesNotListTheAlgorithm() throws GeneralSecurityException {
        assertThat(outcome(List.of("RS256", "ES256"), token("EdDSA", pair))).isEqualTo(TokenFault.ALGORITHM_REFUSED);
    }

    @Test
    void anotherKeysSignatureIsRefused() throws GeneralSecurityException {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThat(outcome(List.of("EdDSA"), token("EdDSA", other))).isEqualTo(TokenFault.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 63})
    void oneBitMoreOrLessIsRefused(int place) throws GeneralSecurityException {
        String[] parts = token("EdDSA", pair).split("\\.", -1);
        byte[] signature = Base64URL.from(parts[2]).decode();
        signature[place] ^= 1;
        assertThat(outcome(List.of("EdDSA"), parts[0] + "." + parts[1] + "." + Base64URL.encode(signature)))
                .isEqualTo(TokenFault.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 128})
    void aSignatureOfAnotherLengthIsRefused(int length) throws GeneralSecurityException {
        String[] parts = token("EdDSA", pair).split("\\.", -1);
        byte[] signature = Arrays.copyOf(Base64URL.from(parts[2]).decode(), length);
        assertThat(outcome(List.of("EdDSA"), parts[0] + "." + parts[1] + "." + Base64URL.encode(signature)))
                .isIn(TokenFault.SIGNATURE_WRONG, TokenFault.NOT_COMPACT_JWS);
    }

    @Test
    void theKeyServesNoOtherAlgorithm() throws GeneralSecurityException {
        assertThat(outcome(List.of("EdDSA", "ES256"), token("ES256", pair))).isEqualTo(TokenFault.KEY_UNFIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "Ed448", "P-256"})
    void aKeyOfAnotherCurveIsNone(String curve) throws GeneralSecurityException {
        issuer.serves(jwkSet(curve, rawKey(pair)));
        assertThat(outcome(List.of("EdDSA"), token("EdDSA", pair))).isEqualTo(TokenFault.KEYS_UNAVAILABLE);
    }

    @Test
    void aKeyThatIsTooShortIsNone() throws GeneralSecurityException {
        issuer.serves(jwkSet("Ed25519", Arrays.copyOf(rawKey(pair), 31)));
        assertThat(outcome(List.of("EdDSA"), token("EdDSA", pair))).isEqualTo(TokenFault.KEYS_UNAVAILABLE);
    }

    private static byte[] rawKey(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, X509_HEAD, encoded.length);
    }

    private static String jwkSet(String curve, byte[] key) {
        return "{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"e1\",\"use\":\"sig\",\"crv\":\"" + curve + "\",\"x\":\""
                + Base64URL.encode(key) + "\"}]}";
    }

    private String token(String algorithm, KeyPair signer) throws GeneralSecurityException {
        String signed = Base64URL.encode(JSONObjectUtils.toJSONString(Map.of("alg", algorithm, "kid", "e1"))) + "."
                + Base64URL.encode(JSONObjectUtils.toJSONString(issuer.claims()));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(signer.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64URL.encode(signature.sign());
    }

    private Object outcome(List<String> algorithms, String token) {
        Issuer usual = TestIssuer.issuer(Optional.empty(), List.of());
        Issuer listing = new Issuer(
                usual.name(),
                usual.url(),
                usual.audiences(),
                algorithms,
                usual.claims(),
                usual.keys(),
                usual.maxStaleSeconds(),
                Optional.empty(),
                List.of());
        TokenVerifier verifier = TokenVerifier.of(List.of(listing), registry, new RevocationList(), time);
        Verification last = verifier.verify(BearerToken.of(token), SignatureWork.UNBOUNDED);
        while (last instanceof Verification.Pending pending) { // until the cool-down says no
            pending.looked().join();
            last = verifier.verify(BearerToken.of(token), SignatureWork.UNBOUNDED);
        }
        return switch (last) {
            case Verification.Valid ignored -> "valid";
            case Verification.Faulty faulty -> faulty.fault();
            case Verification.Pending ignored -> "pending";
        };
    }
}
