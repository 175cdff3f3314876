package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A resolved value. */
@ApiObject
public record EffectiveValue(
        @JsonPropertyDescription("Path of the field.") @Required @Size(min = 1, max = 255)
        String field,

        @JsonPropertyDescription("Its value.") @Required @JsonInclude(JsonInclude.Include.ALWAYS) @Size(max = 1024)
        String value,

        @JsonPropertyDescription("Where it came from: the resource, the environment, a grant or a default.")
        @Required
        @Size(min = 1, max = 255)
        String source) {}
