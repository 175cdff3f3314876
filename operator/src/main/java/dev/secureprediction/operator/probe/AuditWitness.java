package dev.secureprediction.operator.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.policy.audit.ChainHead;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the operator's own log how far a gateway's audit log has come, so that cutting off its end is found. */
final class AuditWitness {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWitness.class);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{64}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{40,200}");

    private AuditWitness() {}

    /** Notes the head, as one structured line. */
    static void note(GatewayPod pod, JsonNode said) {
        read(pod, said)
                .ifPresent(head -> LOG.atInfo()
                        .addKeyValue(
                                "auditHead",
                                Map.of(
                                        "pod", head.pod(),
                                        "key", head.key(),
                                        "publicKey", head.publicKey(),
                                        "sequence", head.sequence(),
                                        "hash", head.hash()))
                        .log("audit log of gateway pod {} has come to record {}", head.pod(), head.sequence()));
    }

    /** What a pod says, where it has the right form; the name is the one that Kubernetes knows. */
    static Optional<ChainHead> read(GatewayPod pod, JsonNode said) {
        String key = said.path("key").asText();
        String hash = said.path("hash").asText();
        String publicKey = said.path("publicKey").asText();
        long sequence = said.path("sequence").asLong(-1);
        boolean sound = HEX.matcher(key).matches()
                && HEX.matcher(hash).matches()
                && KEY.matcher(publicKey).matches()
                && sequence >= 0;
        return sound ? Optional.of(new ChainHead(pod.name(), key, publicKey, sequence, hash)) : Optional.empty();
    }
}
