package dev.secureprediction.sandbox.node.identity;

import java.time.Instant;

/**
 * A credential of Google Cloud.
 *
 * @param value the bearer token
 * @param expiresAt when it ends
 */
public record AccessToken(String value, Instant expiresAt) {

    @Override
    public String toString() {
        return "AccessToken[redacted, " + expiresAt + "]";
    }
}
