package dev.secureprediction.policy.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.policy.audit.ChainFinding.Kind;
import dev.secureprediction.policy.codec.CanonicalJson;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks records in the order in which they were written; those of several gateways may be mixed. What a record's hash
 * covers is its canonical JSON (RFC 8785) without `chain.hash` and `chain.signature`, so that a log that was parsed and
 * written again on its way still verifies. Memory does not grow with the records, only with the number of chains. For one
 * thread.
 */
public final class ChainVerifier {
    private static final int MAX_FINDINGS = 1_000;

    private final Map<String, Chain> chains = new LinkedHashMap<>();
    private final Map<String, List<ChainHead>> witnesses = new LinkedHashMap<>();
    private final List<ChainFinding> findings = new ArrayList<>();
    private long records;

    private static final class Chain {
        private @Nullable String publicKey;
        private String pod = "";
        private String previous = ChainKeys.GENESIS;
        private long next;
        private long signed = -1;
        private boolean closed;
        private List<ChainHead> seen = List.of();
        private int met;
    }

    /**
     * What one chain came to.
     *
     * @param pod whose
     * @param key its key's id
     * @param records up to and with the last one found
     * @param signed number of the last record that a signature stands for; -1: none
     * @param closed whether its gateway ended it in order; otherwise the pod still runs, was killed, or the end was cut off
     * @param witnessed whether somebody outside has seen this key
     */
    public record ChainSummary(String pod, String key, long records, long signed, boolean closed, boolean witnessed) {}

    /**
     * Adds what somebody outside saw. All witnesses come before the first record, those of one chain in order.
     *
     * @throws IllegalStateException after the first record
     */
    public void witness(ChainHead head) {
        if (records > 0) {
            throw new IllegalStateException("witnesses come before records");
        }
        witnesses.computeIfAbsent(head.key(), key -> new ArrayList<>()).add(head);
    }

    /**
     * Adds the next record.
     *
     * @param where file and line, for findings
     * @param object the value of `secureprediction`
     */
    public void record(String where, JsonNode object) {
        records++;
        JsonNode link = object.path("chain");
        String key = link.path("key").asText("");
        if (!(object instanceof ObjectNode record)
                || key.isEmpty()
                || !link.path("sequence").isIntegralNumber()) {
            found(Kind.CHANGED, where, "the record has no place in a chain");
            return;
        }
        Chain chain = chains.computeIfAbsent(key, this::begin);
        long sequence = link.path("sequence").asLong();
        String hash = link.path("hash").asText("");
        boolean unchanged = checkContent(where, record, hash);
        boolean sound = checkPlace(where, chain, link, sequence) && unchanged;
        if (!sound && sequence < chain.next) {
            return; // out of its place: says nothing of what follows
        }
        if (record.path("kind").asText().equals("opened")) {
            learnKey(where, chain, key, record);
        }
        checkSignature(where, chain, link, key, sequence, hash);
        checkWitnesses(where, chain, sequence, hash);
        chain.pod = record.path("pod").asText("");
        chain.closed = record.path("kind").asText().equals("closed");
        chain.previous = hash;
        chain.next = sequence + 1;
    }

    private Chain begin(String key) {
        Chain chain = new Chain();
        chain.seen = witnesses.getOrDefault(key, List.of());
        chain.seen.stream()
                .map(ChainHead::publicKey)
                .filter(publicKey -> ChainKeys.isKey(key, publicKey))
                .findFirst()
                .ifPresent(publicKey -> chain.publicKey = publicKey);
        return chain;
    }

    private boolean checkContent(String where, ObjectNode record, String hash) {
        ObjectNode content = record.deepCopy();
        ((ObjectNode) content.path("chain")).remove(List.of("hash", "signature"));
        try {
            if (CanonicalJson.sha256Hex(content).equals(hash)) {
                return true;
            }
        } catch (InvalidPolicyException e) {
            // has no canonical form, so it was not written by a gateway
        }
        found(Kind.CHANGED, where, "the record is not what its hash says");
        return false;
    }

    private boolean checkPlace(String where, Chain chain, JsonNode link, long sequence) {
        if (sequence < chain.next) {
            found(Kind.REORDERED, where, "record " + sequence + " stands behind record " + (chain.next - 1));
            return false;
        }
        if (sequence > chain.next) {
            String missing = sequence - 1 == chain.next
                    ? "record " + chain.next
                    : "records " + chain.next + " to " + (sequence - 1);
            found(Kind.REMOVED, where, missing + " missing before this one");
            return false;
        }
        if (!link.path("previous").asText().equals(chain.previous)) {
            found(Kind.CHANGED, where, "the record does not follow the one before it");
            return false;
        }
        return true;
    }

    private void learnKey(String where, Chain chain, String key, ObjectNode record) {
        String publicKey = record.path("publicKey").asText("");
        if (ChainKeys.isKey(key, publicKey)) {
            chain.publicKey = publicKey;
        } else {
            found(Kind.CHANGED, where, "the key does not have the id that the chain names");
        }
    }

    private void checkSignature(String where, Chain chain, JsonNode link, String key, long sequence, String hash) {
        if (!link.has("signature")) {
            return;
        }
        if (chain.publicKey == null) {
            found(Kind.REMOVED, where, "the record that holds the key of this chain is missing");
        } else if (ChainKeys.verifies(
                chain.publicKey,
                ChainKeys.signedText(key, sequence, hash),
                link.path("signature").asText(""))) {
            chain.signed = sequence;
        } else {
            found(Kind.CHANGED, where, "the signature is not of the gateway that began this chain");
        }
    }

    private void checkWitnesses(String where, Chain chain, long sequence, String hash) {
        while (chain.met < chain.seen.size() && chain.seen.get(chain.met).sequence() <= sequence) {
            ChainHead witness = chain.seen.get(chain.met);
            if (witness.sequence() == sequence && !witness.hash().equals(hash)) {
                found(Kind.CHANGED, where, "a witness saw another record " + sequence);
            }
            chain.met++;
        }
    }

    /** What is not as it was written, at most 1,000 findings; call it when all records were added. */
    public List<ChainFinding> findings() {
        List<ChainFinding> all = new ArrayList<>(findings);
        witnesses.forEach((key, heads) -> {
            ChainHead last = heads.getLast();
            long next = Optional.ofNullable(chains.get(key))
                    .map(chain -> chain.next)
                    .orElse(0L);
            if (next <= last.sequence()) {
                all.add(new ChainFinding(
                        Kind.TRUNCATED,
                        "witness",
                        "pod " + last.pod() + ", key " + key + ": record " + last.sequence() + " was seen, "
                                + (next == 0 ? "none is here" : "the last one here is " + (next - 1))));
            }
        });
        return List.copyOf(all);
    }

    /** The chains in the order in which they were met. */
    public List<ChainSummary> chains() {
        return chains.entrySet().stream()
                .map(entry -> {
                    Chain chain = entry.getValue();
                    return new ChainSummary(
                            chain.pod, entry.getKey(), chain.next, chain.signed, chain.closed, !chain.seen.isEmpty());
                })
                .toList();
    }

    private void found(Kind kind, String where, String message) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new ChainFinding(kind, where, message));
        }
    }
}
