package dev.secureprediction.gateway.audit;

import dev.secureprediction.policy.audit.ChainHead;
import dev.secureprediction.policy.audit.ChainKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Links the records of one log. Each names the hash of the one before; some carry a signature, which stands for them and
 * all before them. For one thread.
 */
final class AuditChain {
    private final BootKey key;
    private final String pod;
    private final MessageDigest sha256;
    private String previous = ChainKeys.GENESIS;
    private long next;
    private long signed = -1;
    private int linkFrom;
    private int linkTo;

    AuditChain(BootKey key, String pod) {
        this.key = key;
        this.pod = pod;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes the member `chain` of the next record, all but hash and signature. */
    void link(CanonicalObject record, JsonBytes bytes) {
        record.begin("chain");
        linkFrom = bytes.length();
        record.text("key", key.id()).text("previous", previous).number("sequence", next);
        linkTo = bytes.length();
        record.end();
    }

    /** Copies the record, with its hash and, where wanted, a signature in its member `chain`, behind what is there. */
    void seal(JsonBytes record, JsonBytes line, boolean sign) {
        record.digestInto(sha256);
        String hash = HexFormat.of().formatHex(sha256.digest());
        line.copy(record, 0, linkFrom);
        line.ascii("\"hash\":\"" + hash + "\",");
        line.copy(record, linkFrom, linkTo);
        if (sign) {
            line.ascii(",\"signature\":\"" + key.sign(ChainKeys.signedText(key.id(), next, hash)) + "\"");
            signed = next;
        }
        line.copy(record, linkTo, record.length());
        previous = hash;
        next++;
    }

    /** Whether the last record, and so every record, is signed for. */
    boolean isSigned() {
        return signed == next - 1;
    }

    String publicKey() {
        return key.publicKey();
    }

    /** The last record; only after one was sealed. */
    ChainHead head() {
        return new ChainHead(pod, key.id(), key.publicKey(), next - 1, previous);
    }
}
