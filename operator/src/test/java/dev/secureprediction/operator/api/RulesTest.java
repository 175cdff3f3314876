package dev.secureprediction.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.crd.CustomResourceDefinitions;
import dev.secureprediction.operator.api.crd.SchemaWalk;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules in the definitions (CEL) and the files that break them. */
final class RulesTest {

    static List<String> messages() {
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

    @ParameterizedTest
    @MethodSource("messages")
    void aFileBreaksEachRule(String message) {
        assertThat(InvalidResource.all())
                .anySatisfy(resource -> assertThat(message).contains(resource.expectation()));
    }

    @Test
    void aFileBreaksOneRuleOnly() {
        var messages = messages();

        assertThat(InvalidResource.all())
                .allSatisfy(resource -> assertThat(messages)
                        .filteredOn(message -> message.contains(resource.expectation()))
                        .hasSizeLessThanOrEqualTo(1));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void eachNamesTheFieldAndTheWayOut(String message) {
        assertThat(message).matches("(metadata|spec|issuers|guardrails|webhook)[a-zA-Z.]*[: ].*[,;] .+");
    }
}
