package dev.secureprediction.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.cli.inspect.ClusterOptions;
import dev.secureprediction.cli.operator.OperatorOptions;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what applying an endpoint or an environment would change. */
@Command(
        name = "plan",
        description = {
            "Prints what applying an endpoint would change, in the cluster and in Google Cloud, and changes nothing;",
            "of an environment, which endpoints it would change and how.",
            "The API server checks the file by a dry run; the operator answers the rest, as it would do it."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = PlanText.UNKNOWN,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing would change", "1:it would be refused, or not all could be looked at", "2:changes"})
public final class PlanCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "One SecurePredictionEndpoint or PredictionEnvironment; - reads it from standard input.")
    private String file = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, GeneralSecurityException {
        try (KubernetesClient client = cluster.client()) {
            GenericKubernetesResource checked = checked(client, read(client));
            var metadata = checked.getMetadata();
            boolean isEnvironment = isEnvironment(checked);
            var response = operator.ask(
                    "/plans/" + (isEnvironment ? "" : metadata.getNamespace() + "/") + metadata.getName(),
                    Optional.of(Serialization.asJson(checked)));
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new IllegalStateException("the operator refused: "
                        + answer.path("reasons").path(0).asText());
            }
            if (isEnvironment) {
                EnvironmentPlanText plan = new EnvironmentPlanText(answer);
                return print(answer, plan.lines(), plan.exitCode());
            }
            PlanText plan = new PlanText(answer);
            return print(answer, plan.lines(), plan.exitCode());
        }
    }

    private int print(JsonNode answer, List<String> lines, int exitCode) {
        output.print(spec.commandLine().getOut(), () -> answer, out -> lines.forEach(out::println));
        return exitCode;
    }

    private static boolean isEnvironment(GenericKubernetesResource resource) {
        return HasMetadata.getKind(PredictionEnvironment.class).equals(resource.getKind());
    }

    private GenericKubernetesResource read(KubernetesClient client) throws IOException {
        String text = file.equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(file));
        var resource = Serialization.unmarshal(text, GenericKubernetesResource.class);
        boolean isEndpoint = HasMetadata.getKind(SecurePredictionEndpoint.class).equals(resource.getKind());
        if (!isEndpoint && !isEnvironment(resource)) {
            throw new IllegalStateException(
                    file + " must hold one SecurePredictionEndpoint or PredictionEnvironment and nothing else");
        }
        if (isEndpoint && resource.getMetadata().getNamespace() == null) {
            resource.getMetadata().setNamespace(cluster.namespaceOrCurrent(client));
        }
        return resource;
    }

    /** What the API server would store: its defaults are in, and its checks were passed. */
    private static GenericKubernetesResource checked(KubernetesClient client, GenericKubernetesResource wanted) {
        GenericKubernetesResource found = client.resource(wanted).get();
        if (found == null) {
            return client.resource(wanted).dryRun(true).create();
        }
        found.setAdditionalProperty("spec", wanted.getAdditionalProperties().get("spec"));
        Optional.ofNullable(wanted.getMetadata().getLabels()).ifPresent(found.getMetadata()::setLabels);
        return client.resource(found).dryRun(true).update();
    }
}
