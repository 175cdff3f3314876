package dev.secureprediction.gateway.audit;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes prompts with a key that is made at the start and never leaves this process, so that a short prompt cannot be
 * guessed from its hash; equal prompts have equal hashes within one log. Safe for many threads.
 */
public final class PromptHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private PromptHash(SecretKeySpec key) {
        this.key = key;
    }

    /** With a new key. */
    public static PromptHash withNewKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new PromptHash(new SecretKeySpec(random, ALGORITHM));
    }

    /** `hmac-sha256:` and 64 hexadecimal digits. */
    public String of(byte[] prompt) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return "hmac-sha256:" + HexFormat.of().formatHex(mac.doFinal(prompt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "PromptHash[redacted]";
    }
}
