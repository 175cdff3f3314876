package dev.secureprediction.gateway.store;

import dev.secureprediction.gateway.cache.AnswerStore;
import dev.secureprediction.gateway.cache.StoredAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Keeps answers for all pods, encrypted (AES-256-GCM, NIST SP 800-38D): a nonce of 96 random bits, then the ciphertext;
 * bound to its key, so that one entry cannot be passed off as another.
 */
public final class RedisAnswers implements AnswerStore {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final RedisServer server;
    private final SecureRandom random = new SecureRandom();

    public RedisAnswers(RedisServer server) {
        this.server = server;
    }

    @Override
    public CompletableFuture<Optional<StoredAnswer>> find(String key) {
        CompletableFuture<Optional<StoredAnswer>> found = new CompletableFuture<>();
        server.ask(Request.cmd(Command.GET).arg(name(key)))
                .onComplete(done -> found.complete(
                        done.succeeded()
                                ? done.result().map(Response::toBytes).flatMap(bytes -> open(key, bytes))
                                : Optional.empty()));
        return found;
    }

    @Override
    public void keep(String key, StoredAnswer answer, Duration time) {
        Optional<byte[]> sealed = seal(key, answer);
        // a store that is down keeps nothing, and nobody waits for that
        sealed.ifPresent(bytes -> server.ask(Request.cmd(Command.SET)
                .arg(name(key))
                .arg(Buffer.buffer(bytes))
                .arg("PX")
                .arg(time.toMillis())));
    }

    private static String name(String key) {
        return "spe:a:" + key;
    }

    private Optional<byte[]> seal(String key, StoredAnswer answer) {
        try {
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(plain);
            out.writeLong(answer.storedAt().toEpochMilli());
            out.writeUTF(answer.contentType());
            out.write(answer.body());
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain.toByteArray());
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return Optional.of(all);
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    /** What was not sealed with this key, for this entry, is no answer. */
    private Optional<StoredAnswer> open(String key, byte[] bytes) {
        if (bytes.length <= NONCE) {
            return Optional.empty();
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE))
                    .doFinal(bytes, NONCE, bytes.length - NONCE);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
            Instant storedAt = Instant.ofEpochMilli(in.readLong());
            String contentType = in.readUTF();
            return Optional.of(new StoredAnswer(contentType, in.readAllBytes(), storedAt));
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKey encryptionKey =
                server.encryptionKey().orElseThrow(() -> new InvalidKeyException("the secret has no key any more"));
        cipher.init(mode, encryptionKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(key.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
