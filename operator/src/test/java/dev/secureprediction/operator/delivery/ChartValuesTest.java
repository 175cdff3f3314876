package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every value has a comment, a schema and a line in the chart's README; {@code -Dgolden.update=true} rewrites the last. */
final class ChartValuesTest {

    private static final Path README = Helm.CHART.resolve("README.md");
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):.*");
    private static final String START = "<!-- values -->\n";
    private static final String END = "<!-- end of values -->\n";

    @Test
    void everyValueIsInTheReadme() throws IOException {
        var readme = Files.readString(README);
        var generated = readme.substring(0, readme.indexOf(START) + START.length())
                + table()
                + readme.substring(readme.indexOf(END));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(README, generated);
        }

        assertThat(Files.readString(README)).isEqualTo(generated);
    }

    @Test
    void theSchemaKnowsExactlyTheValuesThereAre() throws IOException {
        assertSame(
                "", new YAMLMapper().readTree(Helm.CHART.resolve("values.yaml").toFile()), schema());
    }

    private static void assertSame(String path, JsonNode values, JsonNode schema) {
        var properties = schema.path("properties");
        if (properties.isMissingNode()) {
            return; // as Kubernetes takes it
        }
        assertThat(schema.path("additionalProperties").asBoolean(true)).as(path).isFalse();
        assertThat(values.fieldNames())
                .toIterable()
                .as(path)
                .containsExactlyInAnyOrderElementsOf(() -> properties.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(key -> !key.equals("global")) // Helm's own
                        .iterator());
        values.properties()
                .forEach(value ->
                        assertSame(path + "." + value.getKey(), value.getValue(), properties.path(value.getKey())));
    }

    private static String table() throws IOException {
        var values = new YAMLMapper().readTree(Helm.CHART.resolve("values.yaml").toFile());
        var table = new StringBuilder("| value | default | what it says |\n| --- | --- | --- |\n");
        comments().forEach((path, comment) -> {
            var value = values.at("/" + path.replace('.', '/'));
            assertThat(comment).as("comment of %s in values.yaml", path).isNotEmpty();
            var inside = value.isObject() && !schemaOf(path).path("properties").isMissingNode();
            table.append("| `%s` | %s | %s |%n".formatted(path, inside ? "" : "`" + value + "`", comment));
        });
        return table.toString();
    }

    /** Path of each value that the schema knows, with the comment above it. */
    private static Map<String, String> comments() throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        var parents = new ArrayDeque<String>();
        var comment = "";
        for (var line : Files.readAllLines(Helm.CHART.resolve("values.yaml"))) {
            if (line.strip().startsWith("#")) {
                comment = line.strip().substring(1).strip();
                continue;
            }
            var key = KEY.matcher(line);
            if (key.matches()) {
                while (parents.size() > key.group(1).length() / 2) {
                    parents.removeLast();
                }
                parents.addLast(key.group(2));
                var path = String.join(".", parents);
                if (!schemaOf(path).isMissingNode()) {
                    found.put(path, comment);
                }
            }
            comment = "";
        }
        return found;
    }

    private static JsonNode schemaOf(String path) {
        var at = schema();
        for (var key : path.split("\\.", -1)) {
            at = at.path("properties").path(key);
        }
        return at;
    }

    private static JsonNode schema() {
        try {
            return new ObjectMapper().readTree(Files.readString(Helm.CHART.resolve("values.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
