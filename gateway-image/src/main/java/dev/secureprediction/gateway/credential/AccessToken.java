package dev.secureprediction.gateway.credential;

import java.time.Instant;

/** The gateway's own access token for Google. Its text goes into one header of upstream calls, nowhere else. */
public final class AccessToken {
    private final String value;
    private final Instant expiresAt;

    AccessToken(String value, Instant expiresAt) {
        this.value = value;
        this.expiresAt = expiresAt;
    }

    /** Value of the Authorization header. */
    public String authorization() {
        return "Bearer " + value;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "AccessToken[redacted, expires " + expiresAt + "]";
    }
}
