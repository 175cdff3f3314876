package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** The Node object, and the Lease that says the node is alive. */
final class NodeRegistration {

    static final int HEARTBEAT_SECONDS = 10;

    private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

    private final NodeContext context;

    NodeRegistration(NodeContext context) {
        this.context = context;
    }

    /** Labels that a pod's nodeSelector may ask for. */
    Map<String, String> labels() {
        return Map.of(HOSTNAME_LABEL, context.name(), "kubernetes.io/os", "linux", "kubernetes.io/arch", "amd64");
    }

    /**
     * Makes the Node, Ready, and its first Lease.
     *
     * @param kubeletPort where the API server asks for logs
     */
    void register(int kubeletPort) {
        var metadataOnly = new NodeBuilder()
                .withNewMetadata()
                .withName(context.name())
                .withLabels(labels())
                .endMetadata()
                .build();
        context.client().nodes().resource(metadataOnly).patch(Applying.AS_NODE);
        context.client()
                .nodes()
                .resource(withStatus(kubeletPort))
                .subresource("status")
                .patch(Applying.AS_NODE);
        heartbeat();
    }

    private Node withStatus(int kubeletPort) {
        var now = ContainerPhase.text(Instant.now());
        var capacity = Map.of(
                "cpu", new Quantity(String.valueOf(Runtime.getRuntime().availableProcessors())),
                "memory", new Quantity("64Gi"),
                "pods", new Quantity("245"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(context.name())
                .endMetadata()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .addToConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("KubeletReady")
                        .withMessage("the sandbox's node runs pods as processes")
                        .withLastHeartbeatTime(now)
                        .withLastTransitionTime(now)
                        .build())
                .addNewAddress(context.address(), "InternalIP")
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(kubeletPort)
                .endDaemonEndpoints()
                .withImages(images())
                .withNewNodeInfo()
                .withArchitecture("amd64")
                .withOperatingSystem("linux")
                .withContainerRuntimeVersion("sandbox://1")
                .withKubeletVersion("v1.35.4-sandbox")
                .withKernelVersion(System.getProperty("os.version"))
                .withOsImage(System.getProperty("os.name"))
                .withKubeProxyVersion("")
                .withMachineID("")
                .withSystemUUID("")
                .withBootID("")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    private List<ContainerImage> images() {
        return context.images().names().stream()
                .sorted()
                .map(name -> new ContainerImage(List.of(name), 0L))
                .toList();
    }

    /** Renews the Lease, which a cluster's node controller would watch. */
    void heartbeat() {
        var lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(context.name())
                .withNamespace("kube-node-lease")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(context.name())
                .withLeaseDurationSeconds(40)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build();
        context.client().leases().inNamespace("kube-node-lease").resource(lease).patch(Applying.AS_NODE);
    }
}
