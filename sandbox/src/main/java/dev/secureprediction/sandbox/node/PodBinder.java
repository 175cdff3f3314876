package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/** Stands in for a scheduler: there is one node, and it takes every pod whose nodeSelector it meets. Affinity is not looked at. */
final class PodBinder {

    private final NodeContext node;
    private final Map<String, String> labels;

    PodBinder(NodeContext node, Map<String, String> labels) {
        this.node = node;
        this.labels = labels;
    }

    boolean wants(Pod pod) {
        var spec = pod.getSpec();
        var selector = Optional.ofNullable(spec.getNodeSelector()).orElse(Map.of());
        return spec.getNodeName() == null
                && pod.getMetadata().getDeletionTimestamp() == null
                && spec.getSchedulingGates().isEmpty()
                && "default-scheduler".equals(spec.getSchedulerName())
                && labels.entrySet().containsAll(selector.entrySet());
    }

    void bind(Pod pod) {
        var meta = pod.getMetadata();
        var binding = new BindingBuilder()
                .withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node.name())
                .endTarget()
                .build();
        node.client()
                .raw(
                        "/api/v1/namespaces/" + meta.getNamespace() + "/pods/" + meta.getName() + "/binding",
                        "POST",
                        binding);
    }
}
