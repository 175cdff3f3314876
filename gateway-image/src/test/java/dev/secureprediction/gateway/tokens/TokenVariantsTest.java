package dev.secureprediction.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are almost sound: one spelling, one header, one meaning of each claim, and no signature that fits everything. */
final class TokenVariantsTest {
    private static final BigInteger ORDER_OF_P256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final TestIssuer issuer = new TestIssuer(Clock.systemUTC());
    private final ClaimRules rules = new ClaimRules(TestIssuer.issuer(Optional.empty(), List.of()));

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFault(String token, TokenFault... faults) {
        assertThatThrownBy(() -> CompactJws.parse(token))
                .isInstanceOfSatisfying(
                        FaultyTokenException.class, e -> assertThat(faults).contains(e.fault()));
    }

    @Test
    void aTokenHasOneSpelling() throws FaultyTokenException {
        String good = issuer.token(issuer.claims());
        String[] parts = good.split("\\.", -1);
        assertThat(CompactJws.parse(good).algorithm()).isEqualTo("RS256");

        // stray low bits of the last character, padding, the other alphabet, blanks, parts too few and too many
        char last = good.charAt(good.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String stray = good.substring(0, good.length() - 1) + alphabet.charAt(alphabet.indexOf(last) ^ 1);
        for (String other : List.of(
                stray,
                good + "==",
                parts[0] + "=." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + "\n." + parts[2],
                parts[0] + ".." + parts[2],
                "." + parts[1] + "." + parts[2],
                good.replace('-', '+').replace('_', '/') + "+",
                "\u00e9" + good)) {
            assertFault(other, TokenFault.NOT_COMPACT_JWS, TokenFault.HEADER_MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\",\"\\u0061lg\":\"none\"}",
                "{\"alg\":\"none\",\"alg\":\"RS256\"}",
                "{\"alg\":[\"RS256\"]}",
                "{\"alg\":null}",
                "{\"alg\":\"\"}",
                "{\"alg\":256}",
                "{\"ALG\":\"RS256\"}",
                "{\"alg\":\"RS256\",\"kid\":1}",
                "{\"alg\":\"RS256\",\"kid\":\"\"}",
                "{\"alg\":\"RS256\",\"kid\":{\"a\":1}}",
                "{\"alg\":\"RS256\",\"typ\":[\"JWT\"]}",
                "{\"alg\":\"RS256\",\"typ\":null}",
                "{\"alg\":\"RS256\"}{}",
                "\uFEFF{\"alg\":\"RS256\"}",
                "[{\"alg\":\"RS256\"}]",
            })
    void aHeaderHasOneMeaning(String header) {
        String good = issuer.token(issuer.claims());
        assertFault(encoded(header) + good.substring(good.indexOf('.')), TokenFault.HEADER_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\",\"b64\":false}",
                "{\"alg\":\"RS256\",\"b64\":true,\"crit\":[\"b64\"]}",
                "{\"alg\":\"RS256\",\"\\u0063rit\":[]}",
                "{\"alg\":\"RS256\",\"crit\":null}",
                "{\"alg\":\"RS256\",\"\\u006awk\":{}}",
                "{\"alg\":\"RS256\",\"enc\":\"A256GCM\"}",
                "{\"alg\":\"RS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"RS256\",\"cty\":\"jwt\"}",
            })
    void aHeaderBringsNoKeysAndNoExtensions(String header) {
        String good = issuer.token(issuer.claims());
        assertFault(encoded(header) + good.substring(good.indexOf('.')), TokenFault.HEADER_REFUSED);
    }

    @Test
    void headerAndPayloadAreUtf8() {
        String good = issuer.token(issuer.claims());
        String[] parts = good.split("\\.", -1);
        byte[] header = "{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_16BE);
        byte[] payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_16LE);
        assertFault(encoded(header) + "." + parts[1] + "." + parts[2], TokenFault.HEADER_MALFORMED);
        assertFault(parts[0] + "." + encoded(payload) + "." + parts[2], TokenFault.PAYLOAD_MALFORMED);
    }

    static Stream<Map.Entry<String, Object>> claimsOfAnotherForm() {
        return Stream.of(
                Map.entry("aud", List.of(List.of(TestIssuer.AUDIENCE))),
                Map.entry("aud", Map.of("0", TestIssuer.AUDIENCE)),
                Map.entry("aud", List.of()),
                Map.entry("aud", TestIssuer.AUDIENCE + " "),
                Map.entry("aud", TestIssuer.AUDIENCE.toUpperCase(java.util.Locale.ROOT)),
                Map.entry("sub", List.of("analyst")),
                Map.entry("sub", 7),
                Map.entry("sub", " \t"),
                Map.entry("sub", "x".repeat(513)),
                Map.entry("exp", "4102444800"),
                Map.entry("exp", List.of(4_102_444_800L)),
                Map.entry("exp", 4.1e9),
                Map.entry("exp", -1),
                Map.entry("exp", true),
                Map.entry("nbf", "0"),
                Map.entry("iat", 1.5));
    }

    @ParameterizedTest
    @MethodSource("claimsOfAnotherForm")
    void aClaimOfAnotherFormIsNoClaim(Map.Entry<String, Object> claim) throws FaultyTokenException {
        Map<String, Object> claims = new LinkedHashMap<>(issuer.claims());
        claims.put(claim.getKey(), claim.getValue());
        CompactJws jws = CompactJws.parse(issuer.token(claims));
        assertThatThrownBy(() -> rules.check(jws, "k", Instant.now())).isInstanceOf(FaultyTokenException.class);
    }

    @Test
    void noSignatureFitsEverything() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate().toPublicJWK();
        List<byte[]> signatures = new ArrayList<>();
        for (BigInteger r : List.of(BigInteger.ZERO, BigInteger.ONE, ORDER_OF_P256)) {
            for (BigInteger s : List.of(BigInteger.ZERO, BigInteger.ONE, ORDER_OF_P256)) {
                signatures.add(concatenated(r, s));
            }
        }
        signatures.add(new byte[63]);
        signatures.add(new byte[65]);
        signatures.add(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}); // in DER
        String head = encoded("{\"alg\":\"ES256\",\"kid\":\"k\"}") + "." + encoded("{\"sub\":\"root\"}") + ".";
        for (SignatureProvider provider : List.of(SignatureProvider.jdk(), SignatureProvider.load())) {
            VerificationKey verifying = VerificationKey.of(key, provider);
            for (byte[] signature : signatures) {
                assertThat(verifying.verifies(CompactJws.parse(head + encoded(signature))))
                        .as("%s", Arrays.toString(signature))
                        .isFalse();
            }
            assertThat(verifying.fits("ES384")).isFalse();
            assertThat(verifying.fits("ES256K")).isFalse();
        }
    }

    private static byte[] concatenated(BigInteger r, BigInteger s) {
        byte[] both = new byte[64];
        put(r, both, 0);
        put(s, both, 32);
        return both;
    }

    private static void put(BigInteger number, byte[] into, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, into, at + 32 - length, length);
    }

    @Test
    void noSignatureOfAnotherLengthIsOneOfRsa() throws Exception {
        String good = issuer.token(issuer.claims());
        String head = good.substring(0, good.lastIndexOf('.') + 1);
        byte[] signature = Base64.getUrlDecoder().decode(good.substring(good.lastIndexOf('.') + 1));
        byte[] longer = new byte[signature.length + 1];
        System.arraycopy(signature, 0, longer, 1, signature.length);
        for (SignatureProvider provider : List.of(SignatureProvider.jdk(), SignatureProvider.load())) {
            VerificationKey verifying = VerificationKey.of(issuer.key().toPublicJWK(), provider);
            assertThat(verifying.verifies(CompactJws.parse(good))).isTrue();
            for (byte[] other : List.of(
                    longer,
                    Arrays.copyOf(signature, signature.length + 1),
                    Arrays.copyOf(signature, signature.length - 1),
                    new byte[signature.length],
                    new byte[] {0},
                    new byte[] {1})) {
                assertThat(verifying.verifies(CompactJws.parse(head + encoded(other))))
                        .isFalse();
            }
        }
    }
}
