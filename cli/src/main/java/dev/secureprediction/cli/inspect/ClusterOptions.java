package dev.secureprediction.cli.inspect;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster, and which namespace of it: as kubectl would choose. */
public final class ClusterOptions {

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace; that of the kubeconfig's context unless given.")
    private @Nullable String namespace;

    @Option(names = "--context", description = "Context of the kubeconfig; the current one unless given.")
    private @Nullable String context;

    /** A client of it. */
    public KubernetesClient client() {
        Config config = Config.autoConfigure(context);
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(1)
                        .build())
                .build();
    }

    /** The namespace that was given. */
    public Optional<String> namespace() {
        return Optional.ofNullable(namespace);
    }

    /** Namespace of a command that needs one. */
    public String namespaceOrCurrent(KubernetesClient client) {
        return namespace().or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
    }

    /**
     * One endpoint.
     *
     * @throws IllegalStateException when there is none of that name
     */
    public SecurePredictionEndpoint endpoint(KubernetesClient client, String name) {
        String where = namespaceOrCurrent(client);
        SecurePredictionEndpoint found = client.resources(SecurePredictionEndpoint.class)
                .inNamespace(where)
                .withName(name)
                .get();
        if (found == null) {
            throw new IllegalStateException("no SecurePredictionEndpoint '" + name + "' in namespace " + where
                    + "; name the namespace with -n");
        }
        return Objects.requireNonNull(found);
    }
}
