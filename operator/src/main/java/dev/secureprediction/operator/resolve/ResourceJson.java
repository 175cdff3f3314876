package dev.secureprediction.operator.resolve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** A resource as the tree that it was written as. */
public final class ResourceJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ResourceJson() {}

    /** The whole resource; absent fields are absent. */
    public static JsonNode of(HasMetadata resource) {
        return MAPPER.valueToTree(resource);
    }

    /** A part of one as it is read back from the API server, where a number is as small as it can be. */
    public static JsonNode asRead(Object part) {
        try {
            return MAPPER.readTree(MAPPER.writeValueAsString(part));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a part of a resource is always JSON", e);
        }
    }

    /** A part of one. */
    public static JsonNode ofPart(Object part) {
        return MAPPER.valueToTree(part);
    }
}
