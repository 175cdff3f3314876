package dev.secureprediction.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that anybody could sign for is no key, whoever lists it. */
final class WeakKeysTest {
    private static final RSAKey SOUND = generate();

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2_048).keyID("k").generate().toPublicJWK();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int usable(String... keys) {
        return KeySet.parse(
                        ("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(StandardCharsets.UTF_8),
                        SignatureProvider.jdk())
                .map(KeySet::size)
                .orElse(-1);
    }

    private static String rsa(BigInteger modulus, BigInteger exponent) {
        return "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"" + Base64URL.encode(modulus) + "\",\"e\":\""
                + Base64URL.encode(exponent) + "\"}";
    }

    private static BigInteger modulus() {
        return SOUND.getModulus().decodeToBigInteger();
    }

    static List<String> weak() {
        BigInteger usual = BigInteger.valueOf(65_537);
        String sound = rsa(modulus(), usual);
        return List.of(
                rsa(modulus(), BigInteger.ONE),
                rsa(modulus(), BigInteger.ZERO),
                rsa(modulus(), BigInteger.TWO),
                rsa(modulus(), BigInteger.valueOf(65_536)),
                rsa(modulus(), BigInteger.ONE.shiftLeft(100).add(BigInteger.ONE)),
                rsa(modulus().clearBit(0), usual),
                rsa(modulus().shiftRight(1_100).setBit(0), usual),
                rsa(modulus().shiftLeft(7_000).setBit(0), usual),
                sound.replace("\"kid\"", "\"use\":\"enc\",\"kid\""),
                sound.replace("\"kid\"", "\"key_ops\":[\"encrypt\"],\"kid\""),
                sound.replace("\"kid\"", "\"key_ops\":[],\"kid\""),
                sound.replace("\"kid\"", "\"alg\":\"RSA-OAEP\",\"kid\""),
                sound.replace("\"kid\"", "\"alg\":\"HS256\",\"kid\""),
                sound.replace("\"kid\"", "\"d\":\"AQAB\",\"kid\""),
                "{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"k\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\",\"kid\":\"k\"}",
                "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\"}",
                "{}",
                "null",
                "[]",
                "\"k\"",
                "7");
    }

    @ParameterizedTest
    @MethodSource("weak")
    void itIsLeftOutAndItsNeighbourServes(String key) {
        assertThat(usable(key)).isZero();
        assertThat(usable(key, SOUND.toJSONString(), key)).isEqualTo(1);
    }

    @Test
    void keysOfSmallOddExponentsAndForVerifyingAreTaken() {
        assertThat(usable(rsa(modulus(), BigInteger.valueOf(3)))).isEqualTo(1);
        assertThat(usable(SOUND.toJSONString().replace("\"kty\"", "\"key_ops\":[\"verify\"],\"use\":\"sig\",\"kty\"")))
                .isEqualTo(1);
    }

    @Test
    void ofTwoKeysWithOneIdNeitherIsGuessed() {
        String other = generate().toJSONString();
        KeySet set = KeySet.parse(
                        ("{\"keys\":[" + SOUND.toJSONString() + "," + other + "]}").getBytes(StandardCharsets.UTF_8),
                        SignatureProvider.jdk())
                .orElseThrow();
        assertThat(set.find(Optional.of("k"), "RS256")).isEmpty();
    }

    @Test
    void noMoreKeysAreReadThanAnyIssuerLists() {
        String many = IntStream.range(0, 5_000)
                .mapToObj(i -> SOUND.toJSONString().replace("\"k\"", "\"k" + i + "\""))
                .collect(Collectors.joining(","));
        assertThat(usable(many)).isEqualTo(KeySet.MAX_KEYS);
    }

    @Test
    void aSetInAnotherEncodingOrWithANameTwiceIsNone() {
        String set = "{\"keys\":[" + SOUND.toJSONString() + "]}";
        for (Map.Entry<String, byte[]> each : Map.of(
                        "UTF-16", set.getBytes(StandardCharsets.UTF_16LE),
                        "a mark", ("\uFEFF" + set).getBytes(StandardCharsets.UTF_8),
                        "twice", "{\"keys\":[],\"k\\u0065ys\":[]}".getBytes(StandardCharsets.UTF_8),
                        "behind", (set + "{}").getBytes(StandardCharsets.UTF_8))
                .entrySet()) {
            assertThat(KeySet.parse(each.getValue(), SignatureProvider.jdk()))
                    .as(each.getKey())
                    .isEmpty();
        }
    }
}
