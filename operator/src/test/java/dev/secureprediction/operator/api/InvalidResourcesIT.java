package dev.secureprediction.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.operator.api.crd.CustomResourceDefinitions;
import dev.secureprediction.operator.api.crd.SchemaWalk;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody applies a resource that cannot be right, and the API server says which field and what to do. */
@ExtendWith(ApiServer.class)
final class InvalidResourcesIT {

    private static final String EXPECT = "# expect: ";

    private final KubernetesClient client;

    InvalidResourcesIT(ControlPlane cluster) {
        this.client = cluster.client();
    }

    static List<Path> files() {
        return Yaml.files(Yaml.TESTS.resolve("invalid"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedWithTheReason(Path file) throws IOException {
        var documents = Yaml.documents(file);
        documents.subList(0, documents.size() - 1).forEach(before -> apply(Serialization.asYaml(before), false));

        assertThatThrownBy(() -> apply(Serialization.asYaml(documents.getLast()), true))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(expectation(file));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleIsBrokenByAFile(String message) {
        assertThat(files()).anySatisfy(file -> assertThat(message).contains(expectation(file)));
    }

    @Test
    void everyRuleSaysWhatIsWrongAndWhatToDo() {
        assertThat(rules())
                .allSatisfy(message -> assertThat(message)
                        .matches("(metadata|spec|issuers|guardrails|webhook)[a-zA-Z.]*[: ].*[,;] .+"));
    }

    static List<String> rules() {
        return CustomResourceDefinitions.all().stream()
                .flatMap(definition -> Stream.concat(
                        Stream.of(SchemaWalk.root(definition)),
                        SchemaWalk.of(definition).stream().map(SchemaWalk.Field::schema)))
                .map(JSONSchemaProps::getXKubernetesValidations)
                .flatMap(List::stream)
                .map(ValidationRule::getMessage)
                .distinct()
                .toList();
    }

    private void apply(String yaml, boolean dryRun) {
        client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .dryRun(dryRun)
                .fieldManager("somebody")
                .forceConflicts()
                .serverSideApply();
    }

    private static String expectation(Path file) {
        try {
            return Files.readAllLines(file).getFirst().substring(EXPECT.length());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }
}
