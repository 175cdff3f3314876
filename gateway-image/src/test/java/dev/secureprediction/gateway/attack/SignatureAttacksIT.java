package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that claim to be signed. */
final class SignatureAttacksIT {
    private static Attacked gateway;

    @BeforeAll
    static void start() {
        gateway = Attacked.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void calm() {
        gateway.calm();
    }

    private static OidcIssuer issuer() {
        return gateway.world().issuer();
    }

    private static RSAKey publishedKey() {
        return issuer().signingKeys().rsa().toPublicJWK();
    }

    @ParameterizedTest(name = "A4 alg: {0}")
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "noNe", "none ", " none", "", "null"})
    @DisplayName("A4 alg none")
    void a4_alg_none(String algorithm) {
        String unsigned = Tokens.analyst(issuer()).unsigned(algorithm).build();

        for (String token : List.of(unsigned, unsigned + "AA", unsigned.substring(0, unsigned.length() - 1))) {
            gateway.assertTokenRefused(
                    gateway.sendWith(token), "NOT_COMPACT_JWS", "ALGORITHM_REFUSED", "HEADER_MALFORMED");
        }
    }

    @Test
    @DisplayName("A4 alg that is no text, or not there")
    void a4_alg_of_another_type() {
        for (Object algorithm : List.of(0, true, List.of("RS256"), Map.of("RS256", 1))) {
            gateway.assertTokenRefused(
                    gateway.sendWith(
                            Tokens.analyst(issuer()).header("alg", algorithm).build()),
                    "HEADER_MALFORMED");
        }
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer()).withoutHeader("alg").build()), "HEADER_MALFORMED");
    }

    @Test
    @DisplayName("A5 HMAC with the public key as secret")
    void a5_hmac_with_the_public_key() throws JOSEException {
        byte[] der = publishedKey().toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        List<byte[]> secrets = List.of(
                der,
                pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                publishedKey().getModulus().decode(),
                publishedKey().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8));

        for (byte[] secret : secrets) {
            gateway.assertTokenRefused(
                    gateway.sendWith(Tokens.analyst(issuer()).macWith(secret).build()), "ALGORITHM_REFUSED");
            // the header says the good algorithm, the signature is still an HMAC
            gateway.assertTokenRefused(
                    gateway.sendWith(Tokens.analyst(issuer())
                            .macWith(secret)
                            .header("alg", "RS256")
                            .build()),
                    "SIGNATURE_WRONG");
        }
    }

    @ParameterizedTest(name = "A7 {0}")
    @ValueSource(strings = {"PS256", "PS384", "PS512", "RS384", "RS512", "ES256"})
    @DisplayName("A7 a sound signature by an algorithm that is not configured")
    void a7_other_algorithms(String algorithm) {
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer())
                        .algorithm(JWSAlgorithm.parse(algorithm))
                        .build()),
                "ALGORITHM_REFUSED");
    }

    @ParameterizedTest(name = "A7 {0}")
    @ValueSource(strings = {"rs256", "Rs256", "RS256 ", "RS1", "ES256K", "EdDSA", "HS256", "HS512", "dir", "RSA-OAEP"})
    @DisplayName("A7 an algorithm by another name")
    void a7_other_names(String algorithm) {
        gateway.assertTokenRefused(
                gateway.sendWith(
                        Tokens.analyst(issuer()).header("alg", algorithm).build()),
                "ALGORITHM_REFUSED",
                "HEADER_MALFORMED");
    }

    @Test
    @DisplayName("A8 a plain or signed JWT inside a JWE (CVE-2026-29000)")
    void a8_jwe_with_a_token_inside() throws JOSEException {
        String plain = Tokens.base64("{\"alg\":\"none\"}") + "."
                + Tokens.base64(Attacked.toJson(Tokens.analystClaims(issuer().url()))) + ".";

        for (String inner : List.of(plain, gateway.token(), Attacked.toJson(Tokens.analystClaims(issuer().url())))) {
            JWEObject jwe = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                            .contentType("JWT")
                            .keyID(publishedKey().getKeyID())
                            .build(),
                    new Payload(inner));
            jwe.encrypt(new RSAEncrypter(publishedKey()));
            gateway.assertTokenRefused(gateway.sendWith(jwe.serialize()), "NOT_COMPACT_JWS");
        }
        gateway.assertTokenRefused(
                gateway.sendWith(
                        Tokens.analyst(issuer()).header("enc", "A256GCM").build()),
                "HEADER_REFUSED");
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer()).header("cty", "JWT").build()), "HEADER_REFUSED");
    }

    @Test
    @DisplayName("A10 crit that nobody understands")
    void a10_unknown_crit() {
        for (Object crit : List.of(
                List.of("x"), List.of("exp"), List.of("b64"), List.of(), "x", List.of("http://example.com/x"), 1)) {
            gateway.assertTokenRefused(
                    gateway.sendWith(Tokens.analyst(issuer())
                            .header("crit", crit)
                            .header("x", 1)
                            .build()),
                    "HEADER_REFUSED");
        }
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer()).header("b64", false).build()), "HEADER_REFUSED");
    }

    @Test
    @DisplayName("A11 the key inside the token")
    void a11_embedded_key() {
        RSAKey stranger = Tokens.strangersKey(publishedKey().getKeyID());
        Map<String, Object> embedded = stranger.toPublicJWK().toJSONObject();

        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer())
                        .signedBy(stranger)
                        .header("jwk", embedded)
                        .build()),
                "HEADER_REFUSED");
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer())
                        .signedBy(stranger)
                        .header("x5c", List.of("MIIB"))
                        .build()),
                "HEADER_REFUSED");
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer()).signedBy(stranger).build()), "SIGNATURE_WRONG");
    }

    @Test
    @DisplayName("A12 jku and x5u lead nowhere")
    void a12_no_fetch_of_keys_that_a_token_names() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> count(listener, connections));
            String place = "127.0.0.1:" + listener.getLocalPort() + "/keys";
            for (String header : List.of("jku", "x5u")) {
                for (String scheme : List.of("http://", "https://")) {
                    gateway.assertTokenRefused(
                            gateway.sendWith(Tokens.analyst(issuer())
                                    .signedBy(Tokens.strangersKey("stranger"))
                                    .header("kid", "stranger")
                                    .header(header, scheme + place)
                                    .build()),
                            "HEADER_REFUSED");
                }
            }
            // an issuer that nobody configured is not asked either
            gateway.assertTokenRefused(
                    gateway.sendWith(Tokens.analyst(issuer())
                            .claim("iss", "https://" + place)
                            .build()),
                    "ISSUER_UNKNOWN");
            // the answers above came after any fetch that a refusal would have waited for
            assertThat(connections).hasValue(0);
        }
    }

    private static void count(ServerSocket listener, AtomicInteger connections) {
        try {
            while (true) {
                listener.accept().close();
                connections.incrementAndGet();
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    @Test
    @DisplayName("A4 a signature that is cut, grown, empty or of other content")
    void a4_broken_signatures() {
        String good = gateway.token();
        int dot = good.lastIndexOf('.');
        String head = good.substring(0, dot);
        String signature = good.substring(dot + 1);
        String other = Tokens.analyst(issuer()).subject("root").build();

        for (String token : List.of(
                head,
                head + ".",
                head + "." + signature.substring(0, signature.length() - 4),
                head + "." + signature + "AAAA",
                head + "." + "A".repeat(signature.length()),
                head + "." + other.substring(other.lastIndexOf('.') + 1),
                good + "=",
                good + ".",
                good + "." + signature,
                "." + good,
                good.replaceFirst("\\.", ".."),
                good.toUpperCase(java.util.Locale.ROOT))) {
            gateway.assertTokenRefused(
                    gateway.sendWith(token), "NOT_COMPACT_JWS", "SIGNATURE_WRONG", "HEADER_MALFORMED");
        }
    }

    @ParameterizedTest(name = "A14 kid {0}")
    @ValueSource(strings = {"../../etc/passwd", "' OR 1=1 --", "https://evil.example/k", "", "\u0000", "kid\r\nX: y"})
    @DisplayName("A14 key ids that are something else")
    void a14_strange_key_ids(String keyId) {
        gateway.assertTokenRefused(
                gateway.sendWith(Tokens.analyst(issuer())
                        .signedBy(Tokens.strangersKey("k"))
                        .header("kid", keyId)
                        .build()),
                "KEY_UNKNOWN",
                "HEADER_MALFORMED");
    }
}
