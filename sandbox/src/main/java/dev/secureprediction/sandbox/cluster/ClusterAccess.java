package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.process.WorkFolder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ways into the cluster: as administrator, as a person, as a service account, by kubectl. */
public final class ClusterAccess implements AutoCloseable {

    private final ControlPlaneCommands commands;
    private final WorkFolder workFolder;
    private final List<KubernetesClient> clients = new ArrayList<>();
    private final KubernetesClient admin;

    ClusterAccess(ControlPlaneCommands commands, WorkFolder workFolder) {
        this.commands = commands;
        this.workFolder = workFolder;
        this.admin = open(withToken(commands.secrets().adminToken(), "sandbox-admin"));
    }

    KubernetesClient admin() {
        return admin;
    }

    /** A client for the node, which the audit log knows as {@code sandbox-node}. */
    public KubernetesClient node() {
        return open(withToken(commands.secrets().nodeToken(), "sandbox-node"));
    }

    /** Acts as a person (impersonation): what roles bind to that name and those groups is what it may. */
    public KubernetesClient person(String name, String... groups) {
        List<String> all = new ArrayList<>(List.of(groups));
        all.add("system:authenticated");
        return open(withToken(commands.secrets().adminToken(), "sandbox-person")
                .withImpersonateUsername(name)
                .withImpersonateGroups(all.toArray(String[]::new)));
    }

    /** Acts as a service account with a token of its own, valid for an hour. */
    public KubernetesClient serviceAccount(String namespace, String name) {
        return open(withToken(token(namespace, name, List.of(), Duration.ofHours(1)), "sandbox-serviceaccount"));
    }

    /**
     * Asks the cluster for a service account's token (TokenRequest).
     *
     * @param audiences empty: the API server itself
     * @param lifetime at least 10 minutes, the API server's own floor
     */
    public String token(String namespace, String name, List<String> audiences, Duration lifetime) {
        return admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audiences)
                        .withExpirationSeconds(lifetime.toSeconds())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** Runs kubectl with that kubeconfig. */
    KubectlResult kubectl(Path kubeconfig, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(commands.binaries().kubectl().toString()));
        command.addAll(arguments);
        try {
            var folder = workFolder.folder("kubectl");
            var output = Files.createTempFile(folder, "out", "");
            var errors = Files.createTempFile(folder, "err", "");
            var builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
            builder.environment().put("HOME", folder.toString());
            var process = builder.start();
            process.getOutputStream().close();
            var code = process.waitFor();
            var result = new KubectlResult(
                    code,
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
            Files.delete(output);
            Files.delete(errors);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("kubectl was interrupted", e);
        } catch (IOException e) {
            throw new SandboxException("cannot run kubectl: " + e.getMessage(), e);
        }
    }

    /** Program and kubeconfig for a person's terminal. */
    public Path kubectlProgram() {
        return commands.binaries().kubectl();
    }

    private ConfigBuilder withToken(String token, String userAgent) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(commands.server())
                .withCaCertFile(commands.certificateAuthority().toString())
                .withOauthToken(token)
                .withUserAgent(userAgent)
                .withRequestRetryBackoffLimit(3);
    }

    private KubernetesClient open(ConfigBuilder config) {
        var client = new KubernetesClientBuilder().withConfig(config.build()).build();
        synchronized (clients) {
            clients.add(client);
        }
        return client;
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.forEach(KubernetesClient::close);
            clients.clear();
        }
    }
}
