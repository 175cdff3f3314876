package dev.secureprediction.gateway.tokens;

import java.util.Optional;

/** A token as it came, not verified. Its text goes nowhere but to the verifier. */
public final class BearerToken {
    private static final String SCHEME = "Bearer";

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
     * `b64token` (RFC 6750, section 2.1). By hand, since a regular expression takes longer than the rest of a call's
     * authentication.
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
        int to = from;
        while (to < length && isTokenCharacter(authorization.charAt(to))) {
            to++;
        }
        boolean some = to > from && from > SCHEME.length();
        for (; to < length && authorization.charAt(to) == '='; to++) {
            // padding
        }
        return some && to == length ? Optional.of(new BearerToken(authorization.substring(from))) : Optional.empty();
    }

    private static boolean isTokenCharacter(char next) {
        return (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z')
                || (next >= '0' && next <= '9')
                || next == '-'
                || next == '.'
                || next == '_'
                || next == '~'
                || next == '+'
                || next == '/';
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "BearerToken[redacted]";
    }
}
