package dev.secureprediction.gateway.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a JWS in compact serialization (RFC 7515, section 7.1), not verified. Five parts (JWE), padding, white
 * space and other alphabets are refused, and so are header parameters that bring a key or change processing.
 */
final class CompactJws {
    /** Larger tokens are not looked at, in bytes. */
    static final int MAX_BYTES = 16 * 1024;

    // RFC 8725, section 3.10: keys come from the policy's issuers alone; no extension is understood, so `crit` is
    // refused
    private static final Set<String> REFUSED_PARAMETERS =
            Set.of("jwk", "jku", "x5u", "x5c", "crit", "b64", "enc", "zip", "epk", "apu", "apv", "p2s", "p2c");

    private final String algorithm;
    private final Optional<String> keyId;
    private final Optional<String> type;
    private final Map<String, Object> claims;
    private final byte[] signedBytes;
    private final byte[] signature;

    private CompactJws(
            String algorithm,
            Optional<String> keyId,
            Optional<String> type,
            Map<String, Object> claims,
            byte[] signedBytes,
            byte[] signature) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.type = type;
        this.claims = claims;
        this.signedBytes = signedBytes;
        this.signature = signature;
    }

    static CompactJws parse(String token) throws FaultyTokenException {
        if (token.length() > MAX_BYTES) {
            throw new FaultyTokenException(TokenFault.TOO_LARGE);
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1 || second == token.length() - 1 || token.indexOf('.', second + 1) >= 0) {
            throw new FaultyTokenException(TokenFault.NOT_COMPACT_JWS);
        }
        Map<String, Object> header = StrictJson.object(decode(token.substring(0, first)))
                .orElseThrow(() -> new FaultyTokenException(TokenFault.HEADER_MALFORMED));
        for (String refused : REFUSED_PARAMETERS) {
            if (header.containsKey(refused)) {
                throw new FaultyTokenException(TokenFault.HEADER_REFUSED);
            }
        }
        if (header.get("cty") instanceof String content && content.equalsIgnoreCase("JWT")) {
            throw new FaultyTokenException(TokenFault.HEADER_REFUSED); // nested (RFC 7519, section 5.2)
        }
        String algorithm = text(header, "alg").orElseThrow(() -> new FaultyTokenException(TokenFault.HEADER_MALFORMED));
        byte[] signature = decode(token.substring(second + 1));
        Map<String, Object> claims = StrictJson.object(decode(token.substring(first + 1, second)))
                .orElseThrow(() -> new FaultyTokenException(TokenFault.PAYLOAD_MALFORMED));
        return new CompactJws(
                algorithm,
                text(header, "kid"),
                text(header, "typ"),
                claims,
                token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                signature);
    }

    private static Optional<String> text(Map<String, Object> header, String name) throws FaultyTokenException {
        if (!header.containsKey(name)) {
            return Optional.empty();
        }
        if (header.get(name) instanceof String text && !text.isEmpty() && text.length() <= 256) {
            return Optional.of(text);
        }
        throw new FaultyTokenException(TokenFault.HEADER_MALFORMED);
    }

    private static byte[] decode(String part) throws FaultyTokenException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            // one token, one spelling: the JDK accepts padding and stray low bits
            byte[] again = Base64.getUrlEncoder().withoutPadding().encode(bytes);
            if (Arrays.equals(again, part.getBytes(StandardCharsets.ISO_8859_1))) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new FaultyTokenException(TokenFault.NOT_COMPACT_JWS);
    }

    String algorithm() {
        return algorithm;
    }

    Optional<String> keyId() {
        return keyId;
    }

    Optional<String> type() {
        return type;
    }

    Map<String, Object> claims() {
        return claims;
    }

    byte[] signedBytes() {
        return signedBytes;
    }

    byte[] signature() {
        return signature;
    }

    @Override
    public String toString() {
        return "CompactJws[redacted]";
    }
}
