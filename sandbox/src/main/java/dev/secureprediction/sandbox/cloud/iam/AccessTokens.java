package dev.secureprediction.sandbox.cloud.iam;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Opaque access tokens and whom they stand for. */
public final class AccessTokens {

    /**
     * A token that was minted.
     *
     * @param value what goes into the Authorization header
     * @param principal whom it stands for
     * @param uniqueId of the service account it was minted for; a namesake made later is not it
     * @param expiresAt from when on it is refused
     */
    public record Minted(String value, Principal principal, Optional<String> uniqueId, Instant expiresAt) {

        @Override
        public String toString() {
            return "Minted[" + principal + ", until " + expiresAt + ", value redacted]";
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Map<String, Minted> minted = new ConcurrentHashMap<>();

    public AccessTokens(InstantSource clock) {
        this.clock = clock;
    }

    public Minted mint(Principal principal, Optional<String> uniqueId, Duration lifetime) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String value = "ya29." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var token = new Minted(value, principal, uniqueId, clock.instant().plus(lifetime));
        minted.values().removeIf(old -> old.expiresAt().isBefore(clock.instant()));
        minted.put(value, token);
        return token;
    }

    /** The token, unless it is unknown or has expired. */
    public Optional<Minted> find(String value) {
        return Optional.ofNullable(minted.get(value))
                .filter(token -> token.expiresAt().isAfter(clock.instant()));
    }

    /** Ends every token at once. */
    public void revokeAll() {
        minted.clear();
    }
}
