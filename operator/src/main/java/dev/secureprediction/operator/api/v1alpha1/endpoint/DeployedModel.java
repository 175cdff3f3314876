package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A model of the Model Registry. */
@ApiObject
public record DeployedModel(
        @JsonPropertyDescription("Name that the environment's grants know it by.")
        @Required
        @Size(min = 1, max = 127)
        @Pattern(Formats.NAME)
        String name,

        @JsonPropertyDescription(
                "What the label `secure-prediction-fingerprint` of the model version must be: ids differ between projects, content must not.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-_a-z0-9]*[a-z0-9])?$")
        String fingerprint) {}
