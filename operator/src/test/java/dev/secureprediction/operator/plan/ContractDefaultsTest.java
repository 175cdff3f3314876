package dev.secureprediction.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the schema promises an absent field to mean is what digests leave out. */
final class ContractDefaultsTest {

    private static final Pattern PROMISE = Pattern.compile("[Dd]efault: ([^.]+)\\.");

    /** Promises that say no value of the contract: they follow from the model, the environment or the machine. */
    private static final Map<String, String> NOT_A_VALUE = Map.of(
            "surfaces", "those that the model has",
            "access.roles[].issuers", "the environment's only issuer",
            "request.schema", "any object",
            "guardrails[].webhook.caBundle", "the system's");

    @Test
    void everyPromisedDefaultIsInTheTableAndNothingElseIs() throws IOException {
        var definition = new YAMLMapper()
                .readTree(Path.of(System.getProperty("root.directory"), "crds/securepredictionendpoints.yaml")
                        .toFile());
        Map<String, String> promised = new TreeMap<>();
        collect(
                "",
                definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/contract"),
                promised);

        Map<String, String> expected = new TreeMap<>(NOT_A_VALUE);
        ContractDefaults.V1.forEach((path, value) -> expected.put(path, words(value)));
        assertThat(promised).isEqualTo(expected);
    }

    private static String words(JsonNode value) {
        return value.isArray() ? value.get(0).asText() + " and " + value.get(1).asText() : value.asText();
    }

    private static void collect(String path, JsonNode schema, Map<String, String> promised) {
        var promise = PROMISE.matcher(schema.path("description").asText());
        if (promise.find()) {
            promised.put(path, promise.group(1));
        }
        schema.path("properties")
                .properties()
                .forEach(child -> collect(
                        path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue(), promised));
        if (schema.path("type").asText().equals("array")) {
            collect(path + "[]", schema.path("items"), promised);
        }
    }
}
