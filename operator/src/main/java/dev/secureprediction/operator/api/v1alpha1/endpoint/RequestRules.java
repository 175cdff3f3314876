package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request must look like. */
@ApiObject
public record RequestRules(
        @JsonPropertyDescription("Largest body after decoding, in bytes. Default: 1048576.")
        @Nullable
        @Min(1024)
        @Max(33554432)
        Integer maxBytes,

        @JsonPropertyDescription(
                "JSON Schema 2020-12 of the body; local $ref only, patterns in RE2 syntax. Free-form JSON. Default: any object.")
        @Nullable
        JsonNode schema) {
    /** All defaults. */
    public static final RequestRules DEFAULT = new RequestRules(null, null);
    /** Largest body after decoding, in bytes. */
    public int maxBytesOrDefault() {
        return maxBytes == null ? Defaults.MAX_REQUEST_BYTES : maxBytes;
    }
    /** The schema; empty where absent or `{}`, which says the same. */
    public Optional<JsonNode> schemaIfAny() {
        return Optional.ofNullable(schema).filter(s -> !s.isEmpty());
    }
}
