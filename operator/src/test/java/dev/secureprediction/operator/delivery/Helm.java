package dev.secureprediction.operator.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.sandbox.junit.GoProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Helm itself. */
public final class Helm {

    public static final Path CHART = Yaml.ROOT.resolve("charts/secure-prediction-operator");
    public static final String RELEASE = "secure-prediction";
    public static final String NAMESPACE = "secure-prediction-system";

    private final GoProgram program;
    private final Path kubeconfig;

    private Helm(GoProgram program, Path kubeconfig) {
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    /** For a cluster. */
    public static Helm of(Path kubeconfig) {
        return new Helm(GoProgram.helm(), kubeconfig);
    }

    /** The chart's values of one case. */
    public static Path values(String name) {
        return CHART.resolve("ci/" + name + ".yaml");
    }

    /** Output of a run that must succeed. */
    public String run(String... arguments) {
        return result(arguments).orThrow();
    }

    /** What the chart comes to. */
    String template(Path chart, Path values, String... more) {
        var arguments = new ArrayList<>(List.of(
                "template", RELEASE, chart.toString(), "--namespace", NAMESPACE, "--values", values.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    GoProgram.Result result(String... arguments) {
        return program.run(
                builder -> {
                    builder.environment().put("KUBECONFIG", kubeconfig.toString());
                    var home = Path.of(System.getProperty("java.io.tmpdir"), "helm-home");
                    for (var kind : List.of("CACHE", "CONFIG", "DATA")) {
                        builder.environment()
                                .put(
                                        "HELM_" + kind + "_HOME",
                                        home.resolve(kind).toString());
                    }
                },
                "",
                List.of(arguments));
    }

    /** The objects of a render. */
    static List<ObjectNode> objects(String rendered) {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(rendered)) {
            return documents.readAll().stream()
                    .filter(ObjectNode.class::isInstance) // a file of comments is a document too
                    .map(ObjectNode.class::cast)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
