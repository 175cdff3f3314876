package dev.secureprediction.operator.plan;

import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/**
 * What an environment adds to its gateways' pods.
 *
 * @param nodeSelector labels of nodes to run on
 * @param tolerations taints of nodes to accept
 * @param annotations further annotations of the pods
 * @param imagePullSecrets names of secrets in the gateway namespace
 */
public record PodSettings(
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Map<String, String> annotations,
        List<String> imagePullSecrets) {

    /** Nothing added. */
    public static final PodSettings NONE = new PodSettings(Map.of(), List.of(), Map.of(), List.of());

    public PodSettings {
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        annotations = Map.copyOf(annotations);
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }
}
