package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.SandboxException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each port of a ClusterIP Service with a selector a loopback port that leads to its ready pods in turn. */
final class ServiceForwarder implements AutoCloseable {

    private final NodeContext node;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Service> services;
    private final Map<PortKey, Forward> forwards = new ConcurrentHashMap<>();

    ServiceForwarder(NodeContext node, SharedIndexInformer<Pod> pods) {
        this.node = node;
        this.pods = pods;
        this.services = node.client().services().inAnyNamespace().inform(new Handler());
    }

    InetSocketAddress address(String namespace, String name, String portName) {
        var service = Optional.ofNullable(services.getIndexer().getByKey(namespace + "/" + name))
                .or(() -> Optional.ofNullable(node.client()
                        .services()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()))
                .orElseThrow(() -> new SandboxException("there is no Service " + namespace + "/" + name));
        var names = service.getSpec().getPorts().stream()
                .map(ServiceForwarder::name)
                .toList();
        var wanted = portName.isEmpty() && names.size() == 1 ? names.getFirst() : portName;
        if (!forwardable(service) || !names.contains(wanted)) {
            throw new SandboxException("Service " + namespace + "/" + name + " has no port '" + portName
                    + "' to forward: it needs a selector, and has the ports " + names);
        }
        return forward(service, wanted).address();
    }

    private Forward forward(Service service, String portName) {
        var meta = service.getMetadata();
        var key = new PortKey(meta.getNamespace(), meta.getName(), portName);
        return forwards.computeIfAbsent(key, absent -> Forward.listen(node.address(), () -> backends(key)));
    }

    /** Looked up for each connection, so that a changed Service or pod counts at once. */
    private List<InetSocketAddress> backends(PortKey key) {
        var service = services.getIndexer().getByKey(key.namespace() + "/" + key.name());
        if (service == null || !forwardable(service)) {
            return List.of();
        }
        var port = service.getSpec().getPorts().stream()
                .filter(candidate -> name(candidate).equals(key.port()))
                .findFirst();
        if (port.isEmpty()) {
            return List.of();
        }
        return pods.getIndexer().list().stream()
                .filter(pod -> pod.getMetadata().getNamespace().equals(key.namespace()))
                .filter(pod -> selected(service, pod))
                .filter(ServiceForwarder::ready)
                .sorted(java.util.Comparator.comparing(pod -> pod.getMetadata().getName()))
                .flatMap(pod -> target(pod, port.get()).stream()
                        .map(number -> new InetSocketAddress(pod.getStatus().getPodIP(), number)))
                .toList();
    }

    private static boolean selected(Service service, Pod pod) {
        var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        return labels.entrySet().containsAll(service.getSpec().getSelector().entrySet());
    }

    private static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static Optional<Integer> target(Pod pod, ServicePort port) {
        var target = port.getTargetPort();
        if (target == null) {
            return Optional.of(port.getPort());
        }
        if (target.getIntVal() != null) {
            return Optional.of(target.getIntVal());
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(named -> target.getStrVal().equals(named.getName()))
                .map(named -> named.getContainerPort())
                .findFirst();
    }

    private static String name(ServicePort port) {
        return Optional.ofNullable(port.getName()).orElse("");
    }

    private static boolean forwardable(Service service) {
        var spec = service.getSpec();
        return "ClusterIP".equals(spec.getType())
                && spec.getSelector() != null
                && !spec.getSelector().isEmpty();
    }

    @Override
    public void close() {
        services.close();
        forwards.values().forEach(Forward::close);
    }

    private record PortKey(String namespace, String name, String port) {}

    private final class Handler implements ResourceEventHandler<Service> {

        @Override
        public void onAdd(Service service) {
            if (forwardable(service)) {
                service.getSpec().getPorts().forEach(port -> forward(service, name(port)));
            }
        }

        @Override
        public void onUpdate(Service before, Service service) {
            onAdd(service);
        }

        @Override
        public void onDelete(Service service, boolean lastStateUnknown) {
            var meta = service.getMetadata();
            forwards.keySet().stream()
                    .filter(key -> key.namespace().equals(meta.getNamespace())
                            && key.name().equals(meta.getName()))
                    .forEach(key -> Optional.ofNullable(forwards.remove(key)).ifPresent(Forward::close));
        }
    }
}
