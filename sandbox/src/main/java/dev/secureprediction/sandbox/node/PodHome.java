package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.cluster.Kubeconfig;
import dev.secureprediction.sandbox.node.identity.MetadataServer;
import dev.secureprediction.sandbox.node.identity.WorkloadIdentity.PodAccount;
import dev.secureprediction.sandbox.node.volume.PodFields;
import dev.secureprediction.sandbox.node.volume.PodVolumes;
import dev.secureprediction.sandbox.process.WorkFolder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What one pod has of the machine: an address, a folder, its metadata server. */
final class PodHome implements AutoCloseable {

    /** Where in-cluster clients look. */
    private static final String ACCOUNT_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final NodeContext node;
    private final String address;
    private final String folderName;
    private final PodVolumes volumes;
    private final Optional<MetadataServer> metadata;

    private PodHome(
            NodeContext node,
            String address,
            String folderName,
            PodVolumes volumes,
            Optional<MetadataServer> metadata) {
        this.node = node;
        this.address = address;
        this.folderName = folderName;
        this.volumes = volumes;
        this.metadata = metadata;
    }

    static PodHome open(NodeContext node, Pod pod) {
        var meta = pod.getMetadata();
        var folderName = "pods/" + meta.getNamespace() + "/" + meta.getName() + "-" + meta.getUid();
        var address = node.addresses().takeAddress();
        var volumes = new PodVolumes(
                node.workFolder().folder(folderName + "/volumes"),
                node.client(),
                node.options().tokenRefreshAfter());
        var account = new PodAccount(
                meta.getNamespace(),
                Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default"),
                meta.getName(),
                meta.getUid());
        var metadata =
                node.options().workloadIdentity().map(identity -> MetadataServer.start(address, identity, account));
        return new PodHome(node, address, folderName, volumes, metadata);
    }

    String address() {
        return address;
    }

    PodVolumes volumes() {
        return volumes;
    }

    PodFields fields(Pod pod) {
        return new PodFields(pod, address, node.address());
    }

    Path home(Container container) {
        return node.workFolder().folder(folderName + "/home/" + container.getName());
    }

    /** Kept after the pod is gone, until the sandbox ends. */
    static Path log(NodeContext node, Pod pod, String container, int run) {
        var meta = pod.getMetadata();
        return node.workFolder()
                .folder("logs/pods/" + meta.getNamespace() + "/" + meta.getName())
                .resolve(container + "-" + run + ".log");
    }

    /** What the node adds to a container's environment. */
    Map<String, String> injected(Container container) {
        Map<String, String> injected = new LinkedHashMap<>();
        metadata.ifPresent(server -> injected.put("GCE_METADATA_HOST", server.authority()));
        var mounts = volumes.mounts(container);
        var account = mounts.get(ACCOUNT_MOUNT);
        if (account != null) {
            injected.putAll(inClusterAccess(account));
        }
        var temporary = mounts.get("/tmp");
        if (temporary != null) {
            injected.put("TMPDIR", temporary.toString());
        }
        return injected;
    }

    /**
     * Clients look for the token under a fixed path, which a process without a mount namespace cannot have. kubectl and client-go follow
     * a kubeconfig's tokenFile; fabric8 does not read that, but follows variables to the file, and reads it again every minute.
     */
    private Map<String, String> inClusterAccess(Path account) {
        var kubeconfig = node.workFolder().folder(folderName).resolve("kubeconfig");
        Kubeconfig.withTokenFile(kubeconfig, node.server(), account.resolve("ca.crt"), "pod", account.resolve("token"));
        var server = java.net.URI.create(node.server());
        return Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "KUBERNETES_SERVICE_HOST", server.getHost(),
                "KUBERNETES_SERVICE_PORT", String.valueOf(server.getPort()),
                "KUBERNETES_AUTH_TRYKUBECONFIG", "false",
                "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", account.resolve("token").toString(),
                "KUBERNETES_CERTS_CA_FILE", account.resolve("ca.crt").toString(),
                "KUBENAMESPACE", account.resolve("namespace").toString());
    }

    @Override
    public void close() {
        metadata.ifPresent(MetadataServer::close);
        WorkFolder.delete(node.workFolder().path().resolve(folderName));
        node.addresses().release(address);
    }
}
