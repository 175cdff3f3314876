package dev.secureprediction.operator.api.v1alpha1.guardrail;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Screening by Model Armor. */
@ApiObject
public record ModelArmor(
        @JsonPropertyDescription(
                "Id of the template, in the project and location of the environment; the environment lists which may be used.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9_-]+$")
        String template) {}
