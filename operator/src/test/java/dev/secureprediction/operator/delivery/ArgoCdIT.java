package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Argo CD and kstatus say of objects that were taken from a running operator ({@code it.StatusRecorder}). */
final class ArgoCdIT {

    private static final Path FOLDER = Yaml.TESTS.resolve("argocd");
    private static final Path EXPECTED = FOLDER.resolve("expected.txt");

    private final ArgoCd argoCd = new ArgoCd();

    /** One line for each object: file, health, kstatus, message; {@code -Dgolden.update=true} rewrites it. */
    @Test
    void everyStateIsTold() throws IOException {
        var files = Yaml.files(FOLDER);
        var told = argoCd.look(ArgoCd.settings(), objects(files), "");
        Map<String, String> lines = new TreeMap<>();
        for (int i = 0; i < files.size(); i++) {
            var one = told.get(i);
            lines.put(
                    files.get(i).getFileName().toString(),
                    "%-11s %-11s %s"
                            .formatted(
                                    one.at("/health/status").asText(),
                                    one.path("kstatus").asText(),
                                    one.at("/health/message").asText()));
        }
        var text = new StringBuilder();
        lines.forEach(
                (file, line) -> text.append(file).append("\n    ").append(line).append('\n'));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(EXPECTED, text);
        }

        assertThat(text.toString()).isEqualTo(Files.readString(EXPECTED));
        assertThat(files).hasSizeGreaterThanOrEqualTo(25);
    }

    /** Healthy is said of what is ready and of nothing else, and only what waits for a person fails a sync. */
    @Test
    void healthFollowsTheConditions() {
        var files = Yaml.files(FOLDER);
        var objects = objects(files);
        var told = argoCd.look(ArgoCd.settings(), objects, "");
        for (int i = 0; i < files.size(); i++) {
            var object = objects.get(i);
            var health = told.get(i).at("/health/status").asText();
            if (object.path("kind").asText().equals("PredictionVerification")) {
                continue;
            }
            var goes = object.at("/metadata/deletionTimestamp").isTextual();
            var current = object.at("/metadata/generation").asLong()
                    == object.at("/status/observedGeneration").asLong();
            var as = assertThat(health).as(files.get(i).getFileName().toString());
            if (goes || !current) {
                as.isEqualTo("Progressing");
            } else if (isTrue(object, "Stalled")) {
                as.isEqualTo("Degraded");
            } else if (isTrue(object, "Paused")) {
                as.isEqualTo("Suspended");
            } else if (isTrue(object, "Ready")) {
                as.isEqualTo("Healthy");
            } else {
                as.isIn("Progressing", "Suspended");
            }
        }
    }

    @Test
    void actionsWriteAnAnnotationAndNothingElse() {
        var objects = objects(Yaml.files(FOLDER)).stream()
                .filter(object -> object.path("kind").asText().equals("SecurePredictionEndpoint"))
                .toList();

        for (var action : List.of("refresh", "request-plan")) {
            var told = argoCd.look(ArgoCd.settings(), objects, action);
            for (int i = 0; i < objects.size(); i++) {
                var changed = (ObjectNode) told.get(i).path("changed");
                assertThat(told.get(i).path("actions")).hasSize(2);
                assertThat(takeAnnotation(changed)).startsWith("20");
                assertThat((JsonNode) changed).isEqualTo(withAnnotations(objects.get(i)));
            }
        }
    }

    /** What is copied into argocd-cm, or into the values of Argo CD's own chart, says what the scripts say. */
    @Test
    void theSettingsToCopyAreUpToDate() throws IOException {
        assertFile("argocd-cm.yaml", "", """
                # kubectl patch configmap argocd-cm --namespace argocd --patch-file argocd-cm.yaml
                data:
                """);
        assertFile("argo-cd-values.yaml", "  ", """
                # helm upgrade argo-cd argo/argo-cd --reuse-values --values argo-cd-values.yaml
                configs:
                  cm:
                """);
    }

    private static void assertFile(String name, String indent, String head) throws IOException {
        var text = new StringBuilder(head);
        ArgoCd.settings()
                .forEach((key, script) -> text.append(indent)
                        .append("  ")
                        .append(key)
                        .append(": |\n")
                        .append(script.indent(4 + indent.length()).replaceAll("(?m)^ +$", "")));
        var file = ArgoCd.SCRIPTS.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file)).isEqualTo(text.toString());
        // and is what it was made from, once YAML has read it
        var read = Yaml.documents(file).getFirst();
        var data = read.has("data") ? read.path("data") : read.at("/configs/cm");
        ArgoCd.settings()
                .forEach((key, script) -> assertThat(data.path(key).asText()).isEqualTo(script));
    }

    private static List<ObjectNode> objects(List<Path> files) {
        return files.stream().flatMap(file -> Yaml.documents(file).stream()).toList();
    }

    private static boolean isTrue(JsonNode object, String type) {
        for (var condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static ObjectNode withAnnotations(ObjectNode object) {
        var copy = object.deepCopy();
        ((ObjectNode) copy.path("metadata")).withObject("annotations");
        return copy;
    }

    private static String takeAnnotation(ObjectNode changed) {
        var annotations = (ObjectNode) changed.at("/metadata/annotations");
        var added = annotations.properties().stream()
                .filter(entry -> entry.getKey().endsWith("-requested-at"))
                .findFirst()
                .orElseThrow();
        annotations.remove(added.getKey());
        return added.getValue().asText();
    }
}
