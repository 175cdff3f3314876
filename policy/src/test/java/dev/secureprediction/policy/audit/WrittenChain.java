package dev.secureprediction.policy.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.policy.codec.CanonicalJson;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log as a gateway writes it: the first and the last record are signed. */
final class WrittenChain {
    private final List<ObjectNode> records = new ArrayList<>();
    private final String pod;
    private final String key;
    private final String publicKey;

    private WrittenChain(String pod, String key, String publicKey) {
        this.pod = pod;
        this.key = key;
        this.publicKey = publicKey;
    }

    static WrittenChain of(String pod, int count) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            WrittenChain chain = new WrittenChain(
                    pod,
                    ChainKeys.id(encoded),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(encoded));
            for (int i = 0; i < count; i++) {
                chain.append(i, i == 0 || i == count - 1 ? pair : null);
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(int sequence, @Nullable KeyPair signer) throws GeneralSecurityException {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("kind", sequence == 0 ? "opened" : "call").put("pod", pod);
        record.put("status", 403).put("totalMilliseconds", 1.25);
        if (sequence == 0) {
            record.put("publicKey", publicKey);
        }
        record.putObject("chain").put("key", key).put("sequence", sequence);
        records.add(record);
        relink(sequence);
        if (signer != null) {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.getPrivate());
            signature.update(ChainKeys.signedText(key, sequence, hash(sequence)));
            record.withObject("/chain")
                    .put("signature", Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
        }
    }

    List<ObjectNode> records() {
        return records;
    }

    ChainHead headAfter(int sequence) {
        return new ChainHead(pod, key, publicKey, sequence, hash(sequence));
    }

    /** Lets a record name the one before it as that is now. */
    void relink(int sequence) {
        records.get(sequence)
                .withObject("/chain")
                .put("previous", sequence == 0 ? ChainKeys.GENESIS : hash(sequence - 1));
        rehash(sequence);
    }

    /** Gives a record the hash of what it says now. */
    void rehash(int sequence) {
        ObjectNode content = records.get(sequence).deepCopy();
        content.withObject("/chain").remove(List.of("hash", "signature"));
        records.get(sequence).withObject("/chain").put("hash", CanonicalJson.sha256Hex(content));
    }

    private String hash(int sequence) {
        return records.get(sequence).path("chain").path("hash").asText();
    }
}
