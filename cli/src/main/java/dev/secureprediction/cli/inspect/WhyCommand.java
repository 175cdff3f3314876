package dev.secureprediction.cli.inspect;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.GatewayStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why an endpoint is not ready, or which rule would answer a caller. */
@Command(
        name = "why",
        description = {
            "Prints the first condition that keeps an endpoint from being ready, its evidence and what to do.",
            "With --token-file: which rule would answer that caller. Names claims, never their values. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:ready, or the caller has a role", "1:not, and the output says why"})
public final class WhyCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "The endpoint.")
    private String name = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A caller's token. It is decoded here and sent nowhere; its signature is not checked.")
    private @Nullable Path tokenFile;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = cluster.client()) {
            SecurePredictionEndpoint endpoint = cluster.endpoint(client, name);
            EndpointStatus status = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
            boolean good;
            if (tokenFile == null) {
                Verdicts.explain(endpoint).forEach(out::println);
                good = !status.conditions().isEmpty()
                        && Verdicts.firstFailing(status).isEmpty();
            } else {
                CallerVerdict verdict = CallerVerdict.of(
                        policy(client, status), Files.readString(tokenFile).strip());
                List<String> lines = verdict.lines();
                lines.forEach(out::println);
                good = verdict.answered();
            }
            out.flush();
            return good ? 0 : 1;
        }
    }

    private byte[] policy(KubernetesClient client, EndpointStatus status) {
        GatewayStatus gateway = Optional.ofNullable(status.gateway())
                .orElseThrow(() -> new IllegalStateException("it has no gateway yet; ask again without --token-file"));
        ConfigMap files = client.configMaps()
                .inNamespace(gateway.namespace())
                .withName(gateway.name())
                .get();
        if (files == null) {
            throw new IllegalStateException("its policy is not in namespace " + gateway.namespace()
                    + ", or may not be read by you; the platform team may read it");
        }
        return String.valueOf(files.getData().get("policy.json")).getBytes(StandardCharsets.UTF_8);
    }
}
