package dev.secureprediction.operator.probe;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens that look like a good one and are not. */
final class ForgedTokens {

    private ForgedTokens() {}

    /** The same header, with its known key id, and claims; another signature of the same length. */
    static String otherSignature(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        for (int i = 0; i < signature.length; i++) {
            signature[i] ^= 0x55;
        }
        return token.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    /** The same claims, unsigned, and saying so (RFC 7519, section 6). */
    static String unsigned(String token) {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return header + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    }
}
