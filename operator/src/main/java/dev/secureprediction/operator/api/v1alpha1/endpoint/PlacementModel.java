package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A version of a model in the Model Registry. */
@ApiObject
public record PlacementModel(
        @JsonPropertyDescription("Id of the model in this environment's project.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9_-]+$")
        String id,

        @JsonPropertyDescription("Its version.") @Required @Size(min = 1, max = 63) @Pattern("^[A-Za-z0-9._-]+$")
        String version) {}
