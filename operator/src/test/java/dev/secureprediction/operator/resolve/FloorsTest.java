package dev.secureprediction.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.secureprediction.operator.api.v1alpha1.environment.Requirements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each requirement made weaker than in the environment before. */
final class FloorsTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String GUARDRAIL = "{name: cards, sensitiveData: {kinds: [CREDIT_CARD_NUMBER]}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            gatewayMinReplicas: 2         | {}                                | 1        | 2
            endpointMinReplicas: 3        | endpointMinReplicas: 2            | 2        | 3
            maxTokenLifetimeSeconds: 3600 | maxTokenLifetimeSeconds: 7200     | 7200     | 3600
            maxTokenLifetimeSeconds: 3600 | {}                                | no limit | 3600
            audit: {}                     | audit: {onFailure: Drop}          | Drop     | Refuse
            audit: {minPrompts: Hash, maxPrompts: Hash} | audit: {maxPrompts: Hash} | None | Hash
            audit: {}                     | audit: {maxPrompts: Full}         | Full     | None
            deletionPolicy: Retain        | {}                                | Delete   | Retain
            approval: Platform            | approval: Owner                   | Owner    | Platform
            revokeExcess: true            | revokeExcess: false               | false    | true
            """)
    void aWeakerOneIsToldWithBothValues(String upstream, String here, String mine, String theirs) {
        var weaker = Floors.weaker(read(here), ResourceJson.ofPart(read(upstream)), "staging");

        assertThat(weaker)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("'" + mine + "'", "'" + theirs + "'", "'staging'"));
        assertThat(Floors.weaker(read(upstream), ResourceJson.ofPart(read(here)), "staging"))
                .as("the other way round")
                .isEmpty();
        assertThat(Floors.weaker(
                        Floors.strictest(read(here), read(upstream)), ResourceJson.ofPart(read(upstream)), "staging"))
                .as("the stricter of both")
                .isEmpty();
    }

    @Test
    void anEncryptionKeyMayBeAnotherButNotMissing() {
        String key = "encryptionKey: projects/%s/locations/europe-west4/keyRings/r/cryptoKeys/k";
        var upstream = ResourceJson.ofPart(read(key.formatted("staging")));

        assertThat(Floors.weaker(read(key.formatted("production")), upstream, "staging"))
                .isEmpty();
        assertThat(Floors.weaker(read("{}"), upstream, "staging")).hasSize(1);
    }

    @Test
    void aGuardrailMayBeAddedButNeitherDroppedNorChanged() {
        var upstream = ResourceJson.ofPart(read("guardrails: [" + GUARDRAIL + "]"));

        assertThat(Floors.weaker(
                        read("guardrails: [{name: own, denyPatterns: {patterns: [x]}}, " + GUARDRAIL + "]"),
                        upstream,
                        "staging"))
                .isEmpty();
        assertThat(Floors.weaker(read("{}"), upstream, "staging"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("cards"));
        assertThat(Floors.weaker(
                        read("guardrails: [{name: cards, sensitiveData: {kinds: [IBAN_CODE]}}]"), upstream, "staging"))
                .hasSize(1);
    }

    @Test
    void noRequirementIsPublishedWithoutARow() throws IOException {
        JsonNode schema = YAML.readTree(
                        Path.of(System.getProperty("root.directory"), "crds/predictionenvironments.yaml")
                                .toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/require");
        Set<String> published = new TreeSet<>();
        collect("", schema, published);

        assertThat(Floors.ALL).extracting(Floor::path).containsExactlyInAnyOrderElementsOf(published);
    }

    private static void collect(String path, JsonNode schema, Set<String> published) {
        if (schema.path("properties").isEmpty()) {
            published.add(path);
        }
        schema.path("properties")
                .properties()
                .forEach(child -> collect(
                        path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue(), published));
    }

    private static Requirements read(String yaml) {
        try {
            return YAML.readValue(yaml, Requirements.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
