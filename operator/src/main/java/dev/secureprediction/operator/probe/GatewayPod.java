package dev.secureprediction.operator.probe;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;

/**
 * One pod of a gateway and where it listens.
 *
 * @param name of the pod
 * @param address its IP
 * @param publicPort for callers
 * @param adminPort for the operator
 * @param image of its container
 * @param ready as Kubernetes sees it
 */
public record GatewayPod(String name, String address, int publicPort, int adminPort, String image, boolean ready) {

    /** Reads a pod; absent while it has no address or on its way out. */
    public static Optional<GatewayPod> of(Pod pod, String publicPortName, String adminPortName) {
        var status = pod.getStatus();
        var containers = pod.getSpec().getContainers();
        if (status == null
                || status.getPodIP() == null
                || pod.getMetadata().getDeletionTimestamp() != null
                || containers.isEmpty()) {
            return Optional.empty();
        }
        var container = containers.getFirst();
        var publicPort = port(container.getPorts(), publicPortName);
        var adminPort = port(container.getPorts(), adminPortName);
        if (publicPort.isEmpty() || adminPort.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GatewayPod(
                pod.getMetadata().getName(),
                status.getPodIP(),
                publicPort.get(),
                adminPort.get(),
                container.getImage(),
                isReady(pod)));
    }

    private static Optional<Integer> port(Iterable<ContainerPort> ports, String name) {
        for (var port : ports) {
            if (name.equals(port.getName())) {
                return Optional.of(port.getContainerPort());
            }
        }
        return Optional.empty();
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition ->
                        Objects.equals(condition.getType(), "Ready") && Objects.equals(condition.getStatus(), "True"));
    }
}
