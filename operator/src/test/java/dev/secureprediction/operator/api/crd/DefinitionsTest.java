package dev.secureprediction.operator.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user reads the definitions; a cluster is held to them. */
final class DefinitionsTest {

    private static final String HOW =
            "out of date: run `./mvnw -q -pl operator -am process-classes -Dgenerate.into=.` and commit";
    private static final Path ROOT = Path.of(System.getProperty("root.directory"));

    static List<CustomResourceDefinition> definitions() {
        return CustomResourceDefinitions.all();
    }

    @Test
    void theCheckedInDefinitionsAreThoseOfTheClasses() {
        CustomResourceDefinitions.files()
                .forEach((name, yaml) -> assertThat(ROOT.resolve("crds").resolve(name))
                        .as(HOW)
                        .content()
                        .isEqualTo(yaml));
    }

    @Test
    void theReferencePageIsThatOfTheClasses() {
        assertThat(ROOT.resolve("docs/reference/resources.md"))
                .as(HOW)
                .content()
                .isEqualTo(ResourceReference.markdown());
    }

    @Test
    void theSameClassesMakeTheSameBytes() {
        assertThat(CustomResourceDefinitions.files()).isEqualTo(CustomResourceDefinitions.files());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyFieldSaysWhatItIs(CustomResourceDefinition definition) {
        assertThat(SchemaWalk.of(definition))
                .filteredOn(field -> !field.isItem())
                .filteredOn(field -> field.schema().getDescription() == null
                        || field.schema().getDescription().isBlank())
                .extracting(SchemaWalk.Field::path)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyListMapAndStringIsBounded(CustomResourceDefinition definition) {
        assertThat(SchemaWalk.of(definition))
                .filteredOn(field -> !isBounded(field.schema()))
                .extracting(SchemaWalk.Field::path)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void onlyTheseHoldFreeFormJsonWhichNoSchemaBounds(CustomResourceDefinition definition) {
        assertThat(SchemaWalk.of(definition))
                .filteredOn(field -> Boolean.TRUE.equals(field.schema().getXKubernetesPreserveUnknownFields()))
                .allSatisfy(field -> assertThat(field.schema().getDescription()).contains("Free-form JSON"))
                .extracting(SchemaWalk.Field::path)
                .isSubsetOf(
                        "spec.promotesFrom.verifiers[].jwks",
                        "status.verifierKeys",
                        "spec.contract.request.schema",
                        "spec.contract.verification.canary.body",
                        "status.decoded");
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theServerAddsNoFieldThatADeliveryToolWouldSeeAsDrift(CustomResourceDefinition definition) {
        assertThat(SchemaWalk.of(definition))
                .filteredOn(field -> field.schema().getDefault() != null)
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.path()).isEqualTo("status");
                    assertThat(field.schema().getDefault()).hasToString("{\"observedGeneration\":0}");
                });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void listsAreReplacedWholeButForConditions(CustomResourceDefinition definition) {
        assertThat(SchemaWalk.of(definition))
                .filteredOn(field -> field.schema().getItems() != null)
                .allSatisfy(field -> assertThat(field.schema().getXKubernetesListType())
                        .as(field.path())
                        .isEqualTo(field.path().equals("status.conditions") ? "map" : "atomic"));
    }

    @Test
    void whatGrantsAccessHasOneOwner() {
        assertThat(field("spec.contract").getXKubernetesMapType()).isEqualTo("atomic");
        assertThat(field("spec.placement.bindings").getXKubernetesMapType()).isEqualTo("atomic");
        assertThat(field("spec.require").getXKubernetesMapType()).isEqualTo("atomic");
    }

    @Test
    void aTableShowsWhatPeopleLookForFirst() {
        assertThat(definitions().get(1).getSpec().getVersions().getFirst().getAdditionalPrinterColumns())
                .extracting(CustomResourceColumnDefinition::getName)
                .containsExactly("Ready", "Environment", "Model", "Contract", "Consistent", "URL", "Age");
    }

    private static JSONSchemaProps field(String path) {
        return definitions().stream()
                .flatMap(definition -> SchemaWalk.of(definition).stream())
                .filter(field -> field.path().equals(path))
                .findFirst()
                .orElseThrow()
                .schema();
    }

    private static boolean isBounded(JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            return schema.getMaxItems() != null;
        }
        if (schema.getAdditionalProperties() != null) {
            return schema.getMaxProperties() != null;
        }
        return !"string".equals(schema.getType()) || !schema.getEnum().isEmpty() || schema.getMaxLength() != null;
    }
}
