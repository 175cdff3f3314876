package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.policy.model.Surface;
import io.fabric8.generator.annotation.Required;

/** The one call that must succeed. */
@ApiObject
public record Canary(
        @JsonPropertyDescription("Wire protocol of the call.") @Required
        Surface surface,

        @JsonPropertyDescription("Its body. Free-form JSON.") @Required @JsonInclude(JsonInclude.Include.ALWAYS)
        JsonNode body) {}
