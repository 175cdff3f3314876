package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A provider of a workload identity pool, which trusts this cluster's service account tokens. */
@ApiObject
public record FederationIdentity(
        @JsonPropertyDescription("Id of the workload identity pool.")
        @Required
        @Size(min = 4, max = 32)
        @Pattern("^[a-z0-9-]+$")
        String pool,

        @JsonPropertyDescription("Id of the provider in the pool.")
        @Required
        @Size(min = 4, max = 32)
        @Pattern("^[a-z0-9-]+$")
        String provider) {}
