package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What `kubectl describe pod` shows at its end. Lost when the API server is away: nothing depends on it. */
final class PodEvents {

    private static final Logger LOG = LoggerFactory.getLogger(PodEvents.class);

    private final NodeContext node;

    PodEvents(NodeContext node) {
        this.node = node;
    }

    void normal(Pod pod, String reason, String message) {
        send(pod, "Normal", reason, message);
    }

    void warning(Pod pod, String reason, String message) {
        send(pod, "Warning", reason, message);
    }

    private void send(Pod pod, String type, String reason, String message) {
        var meta = pod.getMetadata();
        var now = ContainerPhase.text(Instant.now());
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(meta.getName() + ".")
                .withNamespace(meta.getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource("kubelet", node.name())
                .build();
        Thread.ofVirtual().start(() -> {
            try {
                node.client()
                        .v1()
                        .events()
                        .inNamespace(meta.getNamespace())
                        .resource(event)
                        .create();
            } catch (KubernetesClientException e) {
                LOG.debug("event {} of {} is lost: {}", reason, meta.getName(), e.getMessage());
            }
        });
    }
}
