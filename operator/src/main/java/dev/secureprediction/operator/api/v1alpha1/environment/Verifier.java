package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An operator whose verification records are trusted. */
@ApiObject
public record Verifier(
        @JsonPropertyDescription("Exact value of `iss` in its records.") @Required @Size(min = 1, max = 512)
        String issuer,

        @JsonPropertyDescription("Its public keys, a JWK set (RFC 7517). Free-form JSON.") @Required
        JsonNode jwks) {}
