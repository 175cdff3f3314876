package dev.secureprediction.gateway.store;

import dev.secureprediction.gateway.limits.LimitKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names in the store: a hash, since the store need not know who calls. */
final class StoreKeys {
    private static final int HASH_BYTES = 16;

    private StoreKeys() {}

    /** All keys of one caller lie in one slot of a cluster. */
    static String of(LimitKey key, String what) {
        MessageDigest digest = sha256();
        for (String part : new String[] {
            key.endpoint().environment(),
            key.endpoint().namespace(),
            key.endpoint().name(),
            key.role(),
            key.scope().name(),
            key.issuer(),
            key.who()
        }) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (bytes.length >> 8));
            digest.update((byte) bytes.length);
            digest.update(bytes);
        }
        return "spe:{" + HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES) + "}:" + what;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
