package dev.secureprediction.cli.promotion;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints environments side by side. */
@Command(
        name = "diff",
        description = "Prints the environments side by side: contracts, placements, what is admitted and what waits.",
        mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "APPLICATION", description = "One application; all unless given.")
    private @Nullable String application;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
    private SideBySideText output = SideBySideText.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var client = new KubernetesClientBuilder().build()) {
            spec.commandLine().getOut().print(output.of(read(client)));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }

    private SideBySide read(KubernetesClient client) {
        Map<String, Map<String, String>> labels = new HashMap<>();
        client.namespaces()
                .list()
                .getItems()
                .forEach(namespace -> labels.put(
                        namespace.getMetadata().getName(),
                        Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of())));
        return SideBySide.of(
                client.resources(PredictionEnvironment.class).list().getItems(),
                client.resources(SecurePredictionEndpoint.class)
                        .inAnyNamespace()
                        .list()
                        .getItems(),
                labels,
                Optional.ofNullable(application));
    }
}
