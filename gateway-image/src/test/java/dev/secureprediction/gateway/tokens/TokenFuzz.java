package dev.secureprediction.gateway.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Fuzz target: tokens that no issuer made, whole and as the parts of one. */
public final class TokenFuzz {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String SIGNATURE = BASE64.encodeToString(new byte[] {1});

    private TokenFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        parse(new String(input, StandardCharsets.ISO_8859_1));
        String json = BASE64.encodeToString(input);
        parse(json + "." + part("{\"exp\":1}") + "." + SIGNATURE);
        parse(part("{\"alg\":\"RS256\"}") + "." + json + "." + SIGNATURE);
    }

    private static void parse(String token) {
        try {
            CompactJws.parse(token);
        } catch (FaultyTokenException e) {
            // refused with its fault: as it should be
        }
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
