package dev.secureprediction.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.api.crd.CustomResourceDefinitions;
import dev.secureprediction.operator.api.crd.SchemaWalk;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user wrote is what the operator reads. */
final class RoundTripTest {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "PredictionEnvironment", PredictionEnvironment.class,
            "SecurePredictionEndpoint", SecurePredictionEndpoint.class,
            "PredictionVerification", PredictionVerification.class);

    static List<ObjectNode> resources() {
        List<ObjectNode> all = new ArrayList<>();
        Yaml.files(Yaml.TESTS.resolve("valid")).forEach(file -> all.addAll(Yaml.documents(file)));
        all.addAll(Yaml.documents(Yaml.ROOT.resolve("samples/quickstart/10-environments.yaml")));
        all.addAll(Yaml.documents(Yaml.ROOT.resolve("samples/quickstart/20-endpoints.yaml")));
        return all;
    }

    @ParameterizedTest
    @MethodSource("resources")
    void nothingIsLostOrAdded(ObjectNode written) {
        var read = SERIALIZATION.convertValue(
                written, KINDS.get(written.path("kind").asText()));

        assertThat(tree(read)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("resources")
    void aFieldOfANewerVersionDoesNotStopTheOperator(ObjectNode written) {
        var newer = withUnknownFields(written);

        var read =
                SERIALIZATION.convertValue(newer, KINDS.get(written.path("kind").asText()));

        assertThat(tree(read).at("/metadata")).isEqualTo(written.at("/metadata"));
    }

    @Test
    void theFilesUseEveryFieldThatAUserMaySet() {
        Set<String> used = new HashSet<>();
        resources().forEach(resource -> collect("spec", resource.path("spec"), used));

        assertThat(CustomResourceDefinitions.all())
                .flatExtracting(SchemaWalk::of)
                .extracting(SchemaWalk.Field::path)
                .filteredOn(path -> path.startsWith("spec"))
                .filteredOn(path -> !path.endsWith("{}"))
                .isSubsetOf(used);
    }

    private static JsonNode tree(HasMetadata resource) {
        return SERIALIZATION.unmarshal(SERIALIZATION.asJson(resource), JsonNode.class);
    }

    private static ObjectNode withUnknownFields(ObjectNode resource) {
        var copy = resource.deepCopy();
        addUnknown(copy.path("spec"));
        return copy;
    }

    private static void addUnknown(JsonNode node) {
        node.forEach(RoundTripTest::addUnknown);
        if (node instanceof ObjectNode object) {
            object.put("fieldOfANewerVersion", "x");
        }
    }

    private static void collect(String path, JsonNode node, Set<String> used) {
        used.add(path);
        node.properties().forEach(child -> collect(path + "." + child.getKey(), child.getValue(), used));
        if (node.isArray()) {
            node.forEach(item -> collect(path + "[]", item, used));
        }
    }
}
