package dev.secureprediction.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every field of the published schema is implemented, and listed as such, or refused by name. None is ignored. */
final class FieldCoverageTest {

    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final Path LIST = ROOT.resolve("operator/src/test/resources/implemented-fields.txt");

    enum Kind {
        PredictionEnvironment("predictionenvironments.yaml", UnsupportedFields.ENVIRONMENT),
        SecurePredictionEndpoint("securepredictionendpoints.yaml", UnsupportedFields.ENDPOINT);

        private final String file;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<FieldRule> rules;

        Kind(String file, List<FieldRule> rules) {
            this.file = file;
            this.rules = rules;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldIsImplementedOrRefused(Kind kind) throws IOException {
        Set<String> fields = fields(kind);
        Set<String> implemented = implemented(kind);

        assertThat(fields)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(implemented.contains(field) ^ isRefused(kind, field))
                        .as("%s is listed in %s or refused in UnsupportedFields, not both", field, LIST.getFileName())
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void theChangelogTellsWhatIsRefused(Kind kind) throws IOException {
        String changelog = Files.readString(ROOT.resolve("CHANGELOG.md"));
        String missing = changelog.substring(changelog.indexOf("### Not there yet"));

        assertThat(kind.rules).allSatisfy(rule -> assertThat(missing).contains("`" + rule.path() + "`"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsListedThatTheSchemaDoesNotHave(Kind kind) throws IOException {
        Set<String> fields = fields(kind);

        assertThat(fields).containsAll(implemented(kind));
        assertThat(kind.rules)
                .allSatisfy(rule ->
                        assertThat(fields).as("a rule for %s", rule.path()).anyMatch(field -> covers(rule, field)));
    }

    private static boolean isRefused(Kind kind, String field) {
        return kind.rules.stream().anyMatch(rule -> covers(rule, field));
    }

    private static boolean covers(FieldRule rule, String field) {
        return field.equals(rule.path()) || field.startsWith(rule.path() + ".") || field.startsWith(rule.path() + "[");
    }

    private static Set<String> implemented(Kind kind) throws IOException {
        Set<String> fields = new TreeSet<>();
        boolean here = false;
        for (String line : Files.readAllLines(LIST)) {
            if (line.startsWith("# ")) {
                here = line.equals("# " + kind);
            } else if (here) {
                fields.add(line);
            }
        }
        return fields;
    }

    private static Set<String> fields(Kind kind) throws IOException {
        JsonNode definition = new YAMLMapper()
                .readTree(ROOT.resolve("crds").resolve(kind.file).toFile());
        List<String> leaves = new ArrayList<>();
        collect("spec", definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"), leaves);
        return new TreeSet<>(leaves);
    }

    private static void collect(String path, JsonNode schema, List<String> leaves) {
        if (schema.path("type").asText().equals("array")) {
            collect(path + "[]", schema.path("items"), leaves);
        } else if (schema.path("properties").isEmpty()) {
            leaves.add(path);
        } else {
            schema.path("properties")
                    .properties()
                    .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), leaves));
        }
    }
}
