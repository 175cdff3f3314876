package dev.secureprediction.operator.api.crd;

import static dev.secureprediction.operator.api.crd.SchemaFinish.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.Yaml;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody upgrades: what a released version stored is still accepted and kept whole. */
final class ReleasedDefinitionsTest {

    private static final Path RELEASED = Yaml.ROOT.resolve("crds/released");

    @Test
    void everyReleasedDefinitionIsStillHonoured() throws IOException {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .allSatisfy(file -> assertThat(Compatibility.breaks(
                                    schema(file),
                                    schema(today(file.getFileName().toString()))))
                            .as(file.toString())
                            .isEmpty());
        }
    }

    static List<Arguments> breakingChanges() {
        return List.of(
                change(
                        ".spec.adoption: gone",
                        root -> at(root, "spec").getProperties().remove("adoption")),
                change(
                        ".spec.environmentRef.name: longest text was 63, is 10",
                        root -> at(root, "spec.environmentRef.name").setMaxLength(10L)),
                change(
                        ".spec.placement: newly required",
                        root -> at(root, "spec").setRequired(List.of("contract", "environmentRef", "placement"))),
                change(
                        ".spec.deletionPolicy: value Retain is gone",
                        root -> at(root, "spec.deletionPolicy")
                                .getEnum()
                                .removeIf(v -> v.asText().equals("Retain"))),
                change(
                        ".spec.contract: map type was atomic, is null",
                        root -> at(root, "spec.contract").setXKubernetesMapType(null)));
    }

    @ParameterizedTest
    @MethodSource("breakingChanges")
    void seesAChangeThatBreaks(String expected, Consumer<JSONSchemaProps> change) {
        var before = endpoint();
        var after = endpoint();
        change.accept(after);

        assertThat(Compatibility.breaks(before, after)).containsExactly(expected);
        assertThat(Compatibility.breaks(before, before)).isEmpty();
    }

    @Test
    void letsANewFieldAndAWiderBoundPass() {
        var after = endpoint();
        at(after, "spec").getProperties().put("later", new JSONSchemaProps());
        at(after, "spec.environmentRef.name").setMaxLength(253L);

        assertThat(Compatibility.breaks(endpoint(), after)).isEmpty();
    }

    private static Arguments change(String expected, Consumer<JSONSchemaProps> change) {
        return Arguments.of(expected, change);
    }

    private static JSONSchemaProps endpoint() {
        return schema(today("securepredictionendpoints.yaml"));
    }

    private static Path today(String file) {
        return Yaml.ROOT.resolve("crds").resolve(file);
    }

    private static JSONSchemaProps schema(Path file) {
        try {
            return SchemaWalk.root(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }
}
