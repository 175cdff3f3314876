package dev.secureprediction.gateway.tokens;

import dev.secureprediction.gateway.text.CharacterSet;
import java.util.Optional;

/** A token as it came, not verified. Its text goes nowhere but to the verifier. */
public final class BearerToken {
    private static final String SCHEME = "Bearer";
    private static final CharacterSet TOKEN = CharacterSet.ALPHANUMERIC.and("-._~+/");

    private final String text;

    private BearerToken(String text) {
        this.text = text;
    }

    /** The credentials after `Bearer ` (RFC 6750, section 2.1). */
    public static BearerToken of(String text) {
        return new BearerToken(text);
    }

    /**
     * Reads an Authorization header: the scheme, which compares without case (RFC 9110, section 11.1), blanks, and one
     * `b64token` (RFC 6750, section 2.1).
     */
    public static Optional<BearerToken> parse(String authorization) {
        int length = authorization.length();
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        int from = SCHEME.length();
        while (from < length && authorization.charAt(from) == ' ') {
            from++;
        }
        int to = TOKEN.end(authorization, from);
        boolean some = to > from && from > SCHEME.length();
        for (; to < length && authorization.charAt(to) == '='; to++) {
            // padding
        }
        return some && to == length ? Optional.of(new BearerToken(authorization.substring(from))) : Optional.empty();
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "BearerToken[redacted]";
    }
}
