package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Refers to a PredictionEnvironment. */
@ApiObject
public record EnvironmentRef(
        @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = 63) @Pattern(Formats.DNS_SUBDOMAIN)
        String name) {}
