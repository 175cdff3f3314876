package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** GKE's workload identity. */
@ApiObject
public record GkeIdentity(
        @JsonPropertyDescription("The cluster's pool: PROJECT.svc.id.goog.")
        @Required
        @Size(min = 1, max = 255)
        @Pattern("^[a-z0-9.:-]+\\.svc\\.id\\.goog$")
        String pool) {}
