package dev.secureprediction.gateway.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the store is reached, from the files of a secret.
 *
 * @param url `redis://` or `rediss://` with user, password, host, port and database; file `url`
 * @param encryptionKey for answers kept there, AES with 256 bits; file `encryption-key`, base64; absent: answers are kept
 *     in pods alone
 * @param authorities PEM certificates to trust for it; file `ca.crt`; absent: the system's
 */
public record StoreSecret(String url, Optional<SecretKey> encryptionKey, Optional<String> authorities) {
    private static final int KEY_BYTES = 32;

    /**
     * Reads the directory.
     *
     * @throws IOException when it has no usable `url` or `encryption-key`; names the file, never what it holds
     */
    public static StoreSecret read(Path directory) throws IOException {
        String url = Files.readString(directory.resolve("url"), StandardCharsets.UTF_8)
                .strip();
        if (!url.startsWith("redis://") && !url.startsWith("rediss://")) {
            throw new IOException("url must begin with redis:// or rediss://");
        }
        Path ca = directory.resolve("ca.crt");
        return new StoreSecret(
                url,
                key(directory.resolve("encryption-key")),
                Files.isRegularFile(ca)
                        ? Optional.of(Files.readString(ca, StandardCharsets.US_ASCII))
                        : Optional.empty());
    }

    private static Optional<SecretKey> key(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] key = Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (key.length == KEY_BYTES) {
                return Optional.of(new SecretKeySpec(key, "AES"));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IOException("encryption-key must be 32 bytes, base64");
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "StoreSecret[redacted]";
    }
}
