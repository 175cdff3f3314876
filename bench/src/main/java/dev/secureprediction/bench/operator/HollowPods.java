package dev.secureprediction.bench.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A kubelet without processes: gives each gateway pod an address where the stub answers, and calls it Ready. */
final class HollowPods implements AutoCloseable {
    static final String NAME_LABEL = "app.kubernetes.io/name";
    static final String GATEWAY = "secure-prediction-gateway";

    private static final int AT_ONCE = 8;

    private final KubernetesClient client;
    private final StubGateway stub;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    private final SharedIndexInformer<Pod> informer;

    HollowPods(KubernetesClient client, StubGateway stub) {
        this.client = client;
        this.stub = stub;
        this.informer = client.pods()
                .inAnyNamespace()
                .withLabel(NAME_LABEL, GATEWAY)
                .inform(Handlers.of(this::seen, this::gone));
    }

    private void seen(Pod pod) {
        if (addresses.putIfAbsent(pod.getMetadata().getUid(), "") == null) {
            workers.execute(() -> ready(pod));
        }
    }

    private void ready(Pod pod) {
        String gateway = pod.getMetadata().getNamespace() + "/" + pod.getSpec().getServiceAccountName();
        String address = stub.listen(gateway);
        addresses.put(pod.getMetadata().getUid(), address);
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            client.getKubernetesSerialization().asJson(Map.of("status", status(pod, address))));
        } catch (KubernetesClientException e) {
            stub.stop(address); // gone meanwhile
        }
    }

    private static Map<String, ?> status(Pod pod, String address) {
        String now = Instant.now().toString();
        var conditions = List.of("PodScheduled", "Initialized", "ContainersReady", "Ready").stream()
                .map(type -> Map.of("type", type, "status", "True", "lastTransitionTime", now))
                .toList();
        var container = Map.of(
                "name",
                "gateway",
                "ready",
                true,
                "started",
                true,
                "restartCount",
                0,
                "image",
                pod.getSpec().getContainers().getFirst().getImage(),
                "imageID",
                "sha256:hollow",
                "state",
                Map.of("running", Map.of("startedAt", now)));
        return Map.of(
                "phase",
                "Running",
                "podIP",
                address,
                "podIPs",
                List.of(Map.of("ip", address)),
                "startTime",
                now,
                "conditions",
                conditions,
                "containerStatuses",
                List.of(container));
    }

    private void gone(Pod pod) {
        String address = addresses.remove(pod.getMetadata().getUid());
        if (address != null && !address.isEmpty()) {
            stub.stop(address);
        }
    }

    @Override
    public void close() {
        informer.close();
        workers.shutdownNow();
    }
}
