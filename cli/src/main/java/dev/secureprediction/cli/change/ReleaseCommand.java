package dev.secureprediction.cli.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.cli.inspect.ClusterOptions;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.CloudEndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.IdentityStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets endpoints go, and keeps what they have in Google Cloud. */
@Command(
        name = "release",
        description = {
            "Lets an endpoint go: its callers, gateway and access are taken away, its account, endpoint and model in Google"
                    + " Cloud stay with their marks, so that the same endpoint has them back when it is applied again.",
            "With --all every endpoint, then every environment: the way out before the operator is uninstalled."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all of it is gone", "1:something is left, and the output says what"})
public final class ReleaseCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The endpoint.")
    private @Nullable String name;

    @Option(names = "--all", description = "Every endpoint and every environment of the cluster.")
    private boolean all;

    @Option(names = "--yes", description = "Do it; without this it only prints what it would let go.")
    private boolean sure;

    @Option(
            names = "--timeout-seconds",
            defaultValue = "600",
            description = "How long to wait for the operator; ${DEFAULT-VALUE} unless given.")
    private long timeoutSeconds;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (all == (name != null)) {
            throw new IllegalStateException("name one endpoint, or give --all");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = cluster.client()) {
            List<SecurePredictionEndpoint> endpoints = endpoints(client);
            List<PredictionEnvironment> environments =
                    all ? client.resources(PredictionEnvironment.class).list().getItems() : List.of();
            List<HasMetadata> asked = new ArrayList<>(endpoints);
            asked.addAll(environments);
            if (!output.isForScripts()) { // said before it is done
                asked.forEach(resource -> out.println(title(resource) + words(kept(resource))));
                out.flush();
            }
            List<HasMetadata> left = new ArrayList<>(asked);
            if (sure) {
                LettingGo lettingGo = new LettingGo(client, Duration.ofSeconds(timeoutSeconds));
                left = new ArrayList<>(lettingGo.endpoints(endpoints));
                left.addAll(left.isEmpty() ? lettingGo.environments(environments) : environments);
            }
            List<HasMetadata> standing = left;
            output.print(out, () -> data(asked, standing), words -> tell(client, standing, words));
            return standing.isEmpty() ? 0 : 1;
        }
    }

    private void tell(KubernetesClient client, List<HasMetadata> left, PrintWriter out) {
        if (!sure) {
            out.println("nothing was done; give --yes to let go of it");
            return;
        }
        left.forEach(resource -> out.println("left: " + title(resource) + why(client, resource)));
        out.println(left.isEmpty() ? "all of it is gone" : "the operator must run to let go; see above");
    }

    private ArrayNode data(List<HasMetadata> asked, List<HasMetadata> left) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (HasMetadata resource : asked) {
            ObjectNode one = all.addObject()
                    .put("kind", resource.getKind())
                    .put("namespace", resource.getMetadata().getNamespace())
                    .put("name", resource.getMetadata().getName())
                    .put("gone", !left.contains(resource));
            kept(resource).forEach(one.putArray("keeps")::add);
        }
        return all;
    }

    private List<SecurePredictionEndpoint> endpoints(KubernetesClient client) {
        return name == null
                ? client.resources(SecurePredictionEndpoint.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                : List.of(cluster.endpoint(client, name));
    }

    private static String title(HasMetadata resource) {
        var metadata = resource.getMetadata();
        return resource.getKind() + " " + (metadata.getNamespace() == null ? "" : metadata.getNamespace() + "/")
                + metadata.getName();
    }

    /** What stays in Google Cloud, to be found there later. */
    private static List<String> kept(HasMetadata resource) {
        if (!(resource instanceof SecurePredictionEndpoint endpoint)) {
            return List.of();
        }
        Optional<EndpointStatus> status = Optional.ofNullable(endpoint.getStatus());
        List<String> kept = new ArrayList<>();
        status.map(EndpointStatus::identity)
                .map(IdentityStatus::serviceAccount)
                .ifPresent(account -> kept.add("serviceAccounts/" + account));
        status.map(EndpointStatus::endpoint).map(CloudEndpointStatus::name).ifPresent(kept::add);
        return kept;
    }

    private static String words(List<String> kept) {
        return kept.isEmpty() ? "" : ", keeping " + String.join(", ", kept);
    }

    private static String why(KubernetesClient client, HasMetadata resource) {
        HasMetadata now = client.resource(resource).get();
        if (now instanceof PredictionEnvironment environment && LettingGo.count(environment) > 0) {
            return ": it still counts endpoints, " + LettingGo.count(environment);
        }
        return now instanceof SecurePredictionEndpoint endpoint && endpoint.getStatus() != null
                ? Conditions.find(endpoint.getStatus().conditions(), ConditionType.Ready)
                        .map(Condition::message)
                        .map(message -> ": " + message)
                        .orElse("")
                : "";
    }
}
