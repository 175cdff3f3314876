package dev.secureprediction.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"object\"}|[]|must be of type object",
                "{\"type\":[\"string\",\"null\"]}|1|must be of type string or null",
                "{\"type\":\"integer\"}|1.5|must be of type integer",
                "{\"required\":[\"instances\"]}|{}|lacks the field `instances`",
                "{\"enum\":[1,2]}|3|must be one of the allowed values",
                "{\"const\":\"a\"}|\"b\"|must be the one allowed value",
                "{\"pattern\":\"^a+$\"}|\"b\"|must match the pattern ^a+$",
                "{\"format\":\"date-time\"}|\"yesterday\"|must be in the format date-time",
                "{\"format\":\"uuid\"}|\"1\"|must be in the format uuid",
                "{\"minimum\":1}|0|must be at least 1",
                "{\"maximum\":1}|2|must be at most 1",
                "{\"exclusiveMinimum\":1}|1|must be above 1",
                "{\"exclusiveMaximum\":1}|1|must be below 1",
                "{\"multipleOf\":2}|3|must be a multiple of 2",
                "{\"minLength\":2}|\"a\"|must have at least 2 characters",
                "{\"maxLength\":2}|\"abc\"|must have at most 2 characters",
                "{\"minItems\":1}|[]|must have at least 1 items",
                "{\"maxItems\":1}|[1,2]|must have at most 1 items",
                "{\"minProperties\":1}|{}|must have at least 1 fields",
                "{\"maxProperties\":0}|{\"a\":1}|must have at most 0 fields",
                "{\"uniqueItems\":true}|[1,1]|must have items that differ, at most 1000",
                "{\"additionalProperties\":false}|{\"a\":1}|has a field that is not allowed",
                "{\"unevaluatedProperties\":false}|{\"a\":1}|has a field that is not allowed",
                "{\"not\":{\"type\":\"string\"}}|\"a\"|has a form that is not allowed",
                "{\"oneOf\":[{\"minimum\":1},{\"maximum\":5}]}|3|must have one of the allowed forms",
                "false|1|is not allowed here"
            })
    void says_what_is_expected(String schema, String body, String message) {
        assertThat(check(schema, body)).map(Violation::message).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"object\"}|{}",
                "{\"type\":\"integer\"}|1.0",
                "{\"format\":\"ipv6\"}|\"::1\"",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}|1",
                "{\"if\":{\"type\":\"string\"},\"then\":{\"minLength\":1}}|\"a\"",
                "{\"dependentRequired\":{\"a\":[\"b\"]}}|{\"b\":1}",
                "{\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"number\"}}|[\"a\",1,2]",
                "{\"patternProperties\":{\"^x-\":{\"type\":\"string\"}}}|{\"x-a\":\"1\"}",
                "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"https://a.example/s\"}|1",
                "{\"$defs\":{\"t\":{\"properties\":{\"c\":{\"$ref\":\"#/$defs/t\"}}}},\"$ref\":\"#/$defs/t\"}|{\"c\":{\"c\":{}}}",
                "true|1",
                "{}|null"
            })
    void takes_what_fits(String schema, String body) {
        assertThat(check(schema, body)).isEmpty();
    }

    @Test
    void points_at_the_field() {
        String schema = """
                {"properties": {"instances": {"items": {"properties": {"a/b": {"type": "number"}}}}}}
                """;

        assertThat(check(schema, "{\"instances\":[{},{\"a/b\":\"x\"}]}"))
                .contains(new Violation("/instances/1/a~1b", "must be of type number"));
    }

    @Test
    void names_that_the_caller_chose_are_not_repeated() {
        String schema = """
                {"additionalProperties": {"additionalProperties": {"type": "number"}}}
                """;

        assertThat(check(schema, "{\"my-secret\":{\"<script>\":\"x\"}}"))
                .contains(new Violation("/*/*", "must be of type number"));
    }

    @Test
    void a_reference_checks_at_each_depth() {
        String schema = """
                {"$ref": "#/$defs/tree",
                 "$defs": {"tree": {"properties": {"value": {"type": "number"}, "child": {"$ref": "#/$defs/tree"}}}}}
                """;

        assertThat(check(schema, "{\"child\":{\"child\":{\"value\":\"x\"}}}"))
                .contains(new Violation("/child/child/value", "must be of type number"));
    }

    private static Optional<Violation> check(String schema, String body) {
        return RequestSchema.compile(Json.of(schema)).check(Json.of(body));
    }
}
