package dev.secureprediction.policy.codec;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.policy.Bundles;
import java.nio.charset.StandardCharsets;

/** Documents to break. */
final class Trees {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Trees() {}

    static JsonNode of(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ObjectNode usualBundle() {
        return (ObjectNode) of(new String(PolicyCodec.write(Bundles.usual()), StandardCharsets.UTF_8));
    }

    /** A bundle with one value replaced, added or (with no new value) removed. */
    static byte[] bundleWith(String pointer, String json) {
        ObjectNode root = usualBundle();
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = root.at(at.head());
        if (parent instanceof ArrayNode array) {
            int index = at.last().getMatchingIndex();
            if (index < array.size()) {
                array.set(index, of(json));
            } else {
                array.add(of(json));
            }
        } else if (json.isEmpty()) {
            ((ObjectNode) parent).remove(at.last().getMatchingProperty());
        } else {
            ((ObjectNode) parent).set(at.last().getMatchingProperty(), of(json));
        }
        return bytes(root);
    }

    static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
