package dev.secureprediction.sandbox.node.volume;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the downward API can say of a pod.
 *
 * @param podAddress the pod's IP, known before its status says it
 * @param nodeAddress the node's IP
 */
public record PodFields(Pod pod, String podAddress, String nodeAddress) {

    private static final Pattern SUBSCRIPT = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)']");

    /** The value of a fieldRef; empty when the node does not know that path. */
    public Optional<String> field(String path) {
        var subscript = SUBSCRIPT.matcher(path);
        if (subscript.matches()) {
            return Optional.of(map(subscript.group(1)).getOrDefault(subscript.group(2), ""));
        }
        var metadata = pod.getMetadata();
        return switch (path) {
            case "metadata.name" -> Optional.of(metadata.getName());
            case "metadata.namespace" -> Optional.of(metadata.getNamespace());
            case "metadata.uid" -> Optional.of(metadata.getUid());
            case "metadata.labels" -> Optional.of(lines("labels"));
            case "metadata.annotations" -> Optional.of(lines("annotations"));
            case "spec.nodeName" -> Optional.of(pod.getSpec().getNodeName());
            case "spec.serviceAccountName" -> Optional.of(pod.getSpec().getServiceAccountName());
            case "status.podIP", "status.podIPs" -> Optional.of(podAddress);
            case "status.hostIP", "status.hostIPs" -> Optional.of(nodeAddress);
            default -> Optional.empty();
        };
    }

    /** The value of a resourceFieldRef, rounded up in units of its divisor; empty when the container does not set it. */
    public static Optional<String> resource(Container container, ResourceFieldSelector selector) {
        var path = selector.getResource().split("\\.", 2);
        if (path.length != 2 || container.getResources() == null) {
            return Optional.empty();
        }
        var amounts = path[0].equals("limits")
                ? container.getResources().getLimits()
                : container.getResources().getRequests();
        return Optional.ofNullable(amounts)
                .map(known -> known.get(path[1]))
                .map(amount -> Quantity.getAmountInBytes(amount)
                        .divide(divisor(selector), 0, RoundingMode.CEILING)
                        .toPlainString());
    }

    private static BigDecimal divisor(ResourceFieldSelector selector) {
        var divisor = Optional.ofNullable(selector.getDivisor())
                .map(Quantity::getAmountInBytes)
                .orElse(BigDecimal.ONE);
        return divisor.signum() == 0 ? BigDecimal.ONE : divisor;
    }

    private Map<String, String> map(String name) {
        var metadata = pod.getMetadata();
        return Optional.ofNullable(name.equals("labels") ? metadata.getLabels() : metadata.getAnnotations())
                .orElse(Map.of());
    }

    private String lines(String name) {
        return new TreeMap<>(map(name))
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=\""
                                + entry.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining("\n"));
    }
}
