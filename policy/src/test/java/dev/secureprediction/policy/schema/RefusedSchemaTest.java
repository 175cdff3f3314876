package dev.secureprediction.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class RefusedSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|``",
                "\"x\"|``",
                "{\"type\":\"objekt\"}|/type",
                "{\"type\":[]}|/type",
                "{\"requierd\":[\"a\"]}|/requierd",
                "{\"required\":\"a\"}|/required",
                "{\"properties\":[]}|/properties",
                "{\"properties\":{\"a\":1}}|/properties/a",
                "{\"items\":[{}]}|/items",
                "{\"allOf\":{}}|/allOf",
                "{\"anyOf\":[]}|/anyOf",
                "{\"minLength\":-1}|/minLength",
                "{\"minLength\":1.5}|/minLength",
                "{\"maxItems\":1e400}|/maxItems",
                "{\"minimum\":\"1\"}|/minimum",
                "{\"multipleOf\":0}|/multipleOf",
                "{\"enum\":[]}|/enum",
                "{\"format\":\"idn-email\"}|/format",
                "{\"format\":\"no-such\"}|/format",
                "{\"pattern\":\"(?=a)\"}|/pattern",
                "{\"pattern\":\"[\"}|/pattern",
                "{\"patternProperties\":{\"(\":{}}}|/patternProperties",
                "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}|/$ref",
                "{\"$ref\":\"file:///etc/passwd\"}|/$ref",
                "{\"$ref\":\"other.json\"}|/$ref",
                "{\"$ref\":\"#anchor\"}|/$ref",
                "{\"$ref\":\"#/$defs/missing\"}|/$ref",
                "{\"$ref\":\"#/enum/0\",\"enum\":[{}]}|/$ref",
                "{\"$ref\":\"#/%24defs/a\",\"$defs\":{\"a\":{}}}|/$ref",
                "{\"$dynamicRef\":\"#a\"}|/$dynamicRef",
                "{\"$anchor\":\"a\"}|/$anchor",
                "{\"properties\":{\"a\":{\"$id\":\"https://a.example\"}}}|/properties/a/$id",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}|/$schema",
                "{\"x-secureprediction-effort\":true}|/x-secureprediction-effort"
            })
    void is_named(String schema, String pointer) {
        InvalidSchemaException e = refusal(schema);

        assertThat(e).as(schema).isNotNull();
        assertThat(e.pointer()).isEqualTo(pointer);
        assertThat(e).message().isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"$ref\":\"#\"}",
                "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}},\"$ref\":\"#/$defs/a\"}",
                "{\"allOf\":[{\"$ref\":\"#\"}]}",
                "{\"not\":{\"$ref\":\"#\"}}",
                "{\"if\":{\"$ref\":\"#\"}}",
                "{\"dependentSchemas\":{\"a\":{\"$ref\":\"#\"}}}"
            })
    void never_ends(String schema) {
        assertThat(refusal(schema)).hasMessageContaining("refers to itself");
    }

    @Test
    void is_too_deep() {
        assertThat(refusal("{\"not\":".repeat(33) + "{}" + "}".repeat(33))).hasMessageContaining("deeper");
        assertThat(refusal("{\"not\":".repeat(20_000) + "{}" + "}".repeat(20_000)))
                .hasMessageContaining("deeper");
    }

    @Test
    void has_too_many_values() {
        assertThat(refusal("{\"enum\":[" + "1,".repeat(2_000) + "1]}")).hasMessageContaining("2000");
    }

    @Test
    void multiplies_its_references() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 14; i++) {
            String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
            schema.append("\"d")
                    .append(i)
                    .append("\":{\"allOf\":[")
                    .append(next)
                    .append(',')
                    .append(next)
                    .append("]},");
        }
        schema.append("\"d14\":{}}}");

        assertThat(refusal(schema.toString())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"((a{100}){100}){100}", "(((a{30}){30}){30}){30}", "((a{1000}){1000})", "([a-z]{50}){500}"})
    void repeats_too_much(String pattern) {
        assertThat(refusal("{\"pattern\":\"" + pattern + "\"}")).hasMessageContaining("repeats");
    }

    private static InvalidSchemaException refusal(String schema) {
        return catchThrowableOfType(InvalidSchemaException.class, () -> RequestSchema.compile(Json.of(schema)));
    }
}
