package dev.secureprediction.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a request body must look like.
 *
 * @param maxBytes largest accepted body after decoding, in bytes
 * @param schema JSON Schema 2020-12 of the body; absent: any JSON object
 */
public record RequestRules(long maxBytes, Optional<JsonNode> schema) {

    public RequestRules {
        // `null` is no schema; Jackson reads an absent one as that
        schema = schema.filter(node -> !node.isNull() && !node.isMissingNode());
    }
}
