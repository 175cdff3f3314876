package dev.secureprediction.gateway.tokens;

/** A token as it came, not verified. Its text goes nowhere but to the verifier. */
public final class BearerToken {
    private final String text;

    private BearerToken(String text) {
        this.text = text;
    }

    /** The credentials after `Bearer ` (RFC 6750, section 2.1). */
    public static BearerToken of(String text) {
        return new BearerToken(text);
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "BearerToken[redacted]";
    }
}
