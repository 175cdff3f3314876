package dev.secureprediction.gateway.tokens;

import dev.secureprediction.gateway.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Tokens and key sets that no issuer made. */
final class TokenFuzzTest {

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void parse(String token) {
        try {
            CompactJws.parse(token);
        } catch (FaultyTokenException e) {
            // refused with its fault: as it should be
        }
    }

    @Test
    void tokensAsTheyCome() {
        Mutations.of(
                        part("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "." + part("{\"iss\":\"i\",\"exp\":1}") + "."
                                + part("s"),
                        "..",
                        "a.b.c.d.e")
                .feed(input -> parse(new String(input, StandardCharsets.ISO_8859_1)));
    }

    @Test
    void headersAndClaimsWithinTokens() {
        Mutations.of(
                        "{\"alg\":\"RS256\",\"kid\":\"1\",\"typ\":\"at+jwt\",\"crit\":[\"x\"]}",
                        "{\"iss\":\"i\",\"aud\":[\"a\"],\"exp\":1e400,\"groups\":[{\"a\":[[[]]]}]}")
                .feed(input -> {
                    String json = Base64.getUrlEncoder().withoutPadding().encodeToString(input);
                    parse(json + "." + part("{\"exp\":1}") + "." + part("s"));
                    parse(part("{\"alg\":\"RS256\"}") + "." + json + "." + part("s"));
                });
    }

    @Test
    void keySets() {
        SignatureProvider provider = SignatureProvider.jdk();
        Mutations.of(
                        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"use\":\"sig\",\"alg\":\"RS256\",\"n\":\""
                                + "A".repeat(342) + "\",\"e\":\"AQAB\"}]}",
                        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"},{\"kty\":\"oct\",\"k\":\"AA\"}]}",
                        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}")
                .feed(input -> KeySet.parse(input, provider));
    }
}
