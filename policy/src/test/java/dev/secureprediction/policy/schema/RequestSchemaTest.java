package dev.secureprediction.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

final class RequestSchemaTest {

    @Test
    void names_the_field_and_what_is_expected() throws JsonProcessingException {
        RequestSchema schema = RequestSchema.compile(json("""
                {"type": "object", "required": ["instances"], "additionalProperties": false,
                 "properties": {"instances": {"type": "array", "items": {"type": "number"}}}}
                """));

        assertThat(schema.check(json("{\"instances\": [1, 2.5]}"))).isEmpty();
        assertThat(schema.check(json("{\"instances\": [1, \"secret\"]}")))
                .contains(new Violation("/instances/1", "must be of type number"));
        assertThat(schema.check(json("{}"))).contains(new Violation("", "lacks the field `instances`"));
        assertThat(schema.check(json("{\"instances\": [], \"secret\": 1}")))
                .contains(new Violation("", "has a field that is not allowed"));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JsonMapper.builder().build().readTree(text);
    }
}
