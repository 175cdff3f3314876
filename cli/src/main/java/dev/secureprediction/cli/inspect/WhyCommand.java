package dev.secureprediction.cli.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.GatewayStatus;
import dev.secureprediction.policy.codec.RevocationsCodec;
import dev.secureprediction.policy.model.Revocations;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (KubernetesClient client = cluster.client()) {
            SecurePredictionEndpoint endpoint = cluster.endpoint(client, name);
            EndpointStatus status = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
            var lines = new ArrayList<String>();
            OperatorPulse.away(client, Instant.now()).ifPresent(lines::add);
            if (tokenFile == null) {
                lines.addAll(Verdicts.explain(endpoint));
                return answer(isReady(status), lines);
            }
            CallerVerdict verdict = verdict(policy(client, status));
            lines.addAll(verdict.lines());
            return answer(verdict.answered(), lines);
        }
    }

    private CallerVerdict verdict(Map<String, String> files) throws IOException {
        return CallerVerdict.of(
                bytes(files, "policy.json"),
                files.containsKey("revocations.json")
                        ? RevocationsCodec.read(bytes(files, "revocations.json"))
                        : Revocations.NONE,
                Files.readString(Objects.requireNonNull(tokenFile)).strip(),
                Instant.now());
    }

    private static boolean isReady(EndpointStatus status) {
        return !status.conditions().isEmpty() && Verdicts.firstFailing(status).isEmpty();
    }

    private int answer(boolean good, List<String> lines) {
        output.print(
                spec.commandLine().getOut(),
                () -> {
                    var data = JsonNodeFactory.instance.objectNode().put("good", good);
                    lines.forEach(data.putArray("because")::add);
                    return data;
                },
                out -> lines.forEach(out::println));
        return good ? 0 : 1;
    }

    private static byte[] bytes(Map<String, String> files, String name) {
        return String.valueOf(files.get(name)).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> policy(KubernetesClient client, EndpointStatus status) {
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
        return files.getData();
    }
}
