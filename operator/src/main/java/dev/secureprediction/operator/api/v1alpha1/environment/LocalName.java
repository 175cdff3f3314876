package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The name of an object in the gateway namespace. */
@ApiObject
public record LocalName(
        @JsonPropertyDescription("Its name.") @Required @Size(min = 1, max = 253) @Pattern(Formats.DNS_SUBDOMAIN)
        String name) {}
