package dev.secureprediction.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.cli.output.Style;
import dev.secureprediction.cli.output.Table;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints how every endpoint is, one line each. */
@Command(
        name = "status",
        description = "Prints how endpoints are, all namespaces unless one is named. Changes nothing.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    private static final List<String> HEAD = List.of("NAMESPACE", "NAME", "READY", "REASON", "DRIFTED", "URL");

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (KubernetesClient client = cluster.client()) {
            List<SecurePredictionEndpoint> found = endpoints(client);
            output.print(spec.commandLine().getOut(), () -> json(found), out -> out.print(table(found)));
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

    private static String table(List<SecurePredictionEndpoint> endpoints) {
        Table table = new Table(HEAD);
        for (SecurePredictionEndpoint endpoint : endpoints) {
            EndpointStatus status = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
            String ready = value(status, ConditionType.Ready);
            String drifted = value(status, ConditionType.Drifted);
            Style style = ready.equals(Conditions.TRUE) ? Style.GOOD : isStalled(status) ? Style.BAD : Style.ATTENTION;
            table.add(
                    List.of(
                            endpoint.getMetadata().getNamespace(),
                            endpoint.getMetadata().getName(),
                            ready,
                            reason(status),
                            drifted,
                            Objects.requireNonNullElse(status.url(), "-")),
                    List.of(
                            Style.PLAIN,
                            Style.PLAIN,
                            style,
                            style,
                            drifted.equals(Conditions.TRUE) ? Style.ATTENTION : Style.PLAIN,
                            Style.PLAIN));
        }
        return table.text();
    }

    /** A person must act. */
    private static boolean isStalled(EndpointStatus status) {
        return Conditions.isTrue(status.conditions(), ConditionType.Stalled);
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
