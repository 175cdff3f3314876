package dev.secureprediction.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how every endpoint is, one line each. */
@Command(
        name = "status",
        description = "Prints how endpoints are, all namespaces unless one is named. Changes nothing.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    private static final String LINE = "%-20s %-24s %-8s %-22s %-8s %s%n";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table or json.")
    private String output = "table";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (KubernetesClient client = cluster.client()) {
            List<SecurePredictionEndpoint> found = endpoints(client);
            if (output.equals("json")) {
                out.println(json(found).toPrettyString());
            } else {
                out.printf(LINE, "NAMESPACE", "NAME", "READY", "REASON", "DRIFTED", "URL");
                found.forEach(endpoint -> print(endpoint, out));
            }
            out.flush();
        }
        return 0;
    }

    private List<SecurePredictionEndpoint> endpoints(KubernetesClient client) {
        var resources = client.resources(SecurePredictionEndpoint.class);
        var list = cluster.namespace().isPresent()
                ? resources.inNamespace(cluster.namespace().get()).list()
                : resources.inAnyNamespace().list();
        return list.getItems().stream()
                .sorted(Comparator.comparing((SecurePredictionEndpoint endpoint) ->
                                endpoint.getMetadata().getNamespace())
                        .thenComparing(endpoint -> endpoint.getMetadata().getName()))
                .toList();
    }

    private static void print(SecurePredictionEndpoint endpoint, PrintWriter out) {
        EndpointStatus status = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
        out.printf(
                LINE,
                endpoint.getMetadata().getNamespace(),
                endpoint.getMetadata().getName(),
                value(status, ConditionType.Ready),
                reason(status),
                value(status, ConditionType.Drifted),
                Objects.requireNonNullElse(status.url(), "-"));
    }

    private static ArrayNode json(List<SecurePredictionEndpoint> endpoints) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (SecurePredictionEndpoint endpoint : endpoints) {
            EndpointStatus status = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
            all.addObject()
                    .put("namespace", endpoint.getMetadata().getNamespace())
                    .put("name", endpoint.getMetadata().getName())
                    .put("ready", value(status, ConditionType.Ready))
                    .put("reason", reason(status))
                    .put("drifted", value(status, ConditionType.Drifted))
                    .put("paused", value(status, ConditionType.Paused))
                    .put("url", status.url());
        }
        return all;
    }

    private static String value(EndpointStatus status, ConditionType type) {
        return Conditions.find(status.conditions(), type).map(Condition::status).orElse("Unknown");
    }

    private static String reason(EndpointStatus status) {
        return Conditions.find(status.conditions(), ConditionType.Ready)
                .map(Condition::reason)
                .orElse("-");
    }
}
