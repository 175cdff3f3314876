package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A model on an endpoint that is someone else's. */
@ApiObject
public record ExistingModel(
        @JsonPropertyDescription("Name that the environment's grants know it by.")
        @Required
        @Size(min = 1, max = 127)
        @Pattern(Formats.NAME)
        String name) {}
