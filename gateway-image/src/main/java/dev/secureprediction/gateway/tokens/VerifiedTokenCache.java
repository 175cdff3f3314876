package dev.secureprediction.gateway.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tokens that were verified, by the SHA-256 of the whole token. An entry serves only while the token lives and the key
 * that signed it is still one of the issuer's.
 */
final class VerifiedTokenCache {
    // characters of tokens; what is kept of one takes a few times its length
    private static final long MAX_WEIGHT = 4L * 1024 * 1024;
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final Cache<Key, Entry> entries = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((Key key, Entry entry) -> key.weight)
            .expireAfterWrite(MAX_AGE)
            .executor(Runnable::run) // else every few calls wake a thread of the common pool
            .build();

    Optional<Entry> get(Key key) {
        return Optional.ofNullable(entries.getIfPresent(key));
    }

    void put(Key key, Entry entry) {
        entries.put(key, entry);
    }

    /**
     * A verified token.
     *
     * @param token what it says
     * @param keys where its key must still be
     */
    record Entry(VerifiedToken token, IssuerKeySource keys) {
        boolean holds(Instant now) {
            return now.isBefore(token.expiresAt()) && keys.current().containsThumbprint(token.keyThumbprint());
        }
    }

    /** All 256 bits: a shortened key would let one caller's token pass for another's. */
    static final class Key {
        private final byte[] sha256;
        private final int weight;

        private Key(byte[] sha256, int weight) {
            this.sha256 = sha256;
            this.weight = weight;
        }

        static Key of(BearerToken token) {
            try {
                return new Key(
                        MessageDigest.getInstance("SHA-256").digest(token.text().getBytes(StandardCharsets.UTF_8)),
                        token.text().length());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(sha256, key.sha256);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sha256);
        }
    }
}
