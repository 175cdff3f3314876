package dev.secureprediction.sandbox;

import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.node.Node;
import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.process.WorkFolder;
import dev.secureprediction.sandbox.tls.Authority;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A cluster and a cloud on loopback: a real Kubernetes control plane, a node that runs pods as processes, a Google Cloud that enforces
 * IAM, an OIDC issuer. Several may run at once. It ends with {@link #close}, and with this Java process however that ends.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxParts parts;

    private Sandbox(SandboxParts parts) {
        this.parts = parts;
    }

    /**
     * Starts everything, in about ten seconds; the first time on a machine it builds the control plane, which takes minutes.
     *
     * @throws SandboxException when a part does not start; nothing is left running then
     */
    public static Sandbox start(SandboxOptions options, StartListener listener) {
        return new Sandbox(SandboxParts.start(options, listener));
    }

    /** This user's sandboxes that have started, the youngest first. */
    public static List<RunningSandbox> running() {
        return WorkFolder.running(UserCache.ofUser()).stream()
                .sorted(Comparator.comparingLong(folder -> -folder.toFile().lastModified()))
                .map(RunningSandbox::read)
                .flatMap(Optional::stream)
                .toList();
    }

    public ControlPlane cluster() {
        return parts.cluster();
    }

    /** The administrator's client, shared: do not close it. */
    public KubernetesClient client() {
        return parts.cluster().client();
    }

    public Node node() {
        return parts.node();
    }

    public GoogleCloud cloud() {
        return parts.cloud();
    }

    public OidcIssuer issuer() {
        return parts.issuer();
    }

    /** Signs the certificates of all its servers. */
    public Authority authority() {
        return parts.authority();
    }

    /** Where everything is. */
    public RunningSandbox description() {
        return parts.description();
    }

    @Override
    public void close() {
        parts.close();
    }
}
