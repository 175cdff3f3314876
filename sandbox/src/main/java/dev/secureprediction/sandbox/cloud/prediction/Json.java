package dev.secureprediction.sandbox.cloud.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.io.IOException;

/** JSON of models: bodies in, answers out. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** The body as an object, or INVALID_ARGUMENT. */
    static ObjectNode object(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw GoogleErrors.invalid("Invalid JSON payload received. Unexpected token.");
        }
        throw GoogleErrors.invalid("Invalid JSON payload received. Root element must be a message.");
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A model's answer is no JSON", e);
        }
    }
}
