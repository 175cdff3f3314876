package dev.secureprediction.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A token that is refused (RFC 7519, section 4.1.7). */
@ApiObject
public record RevokedToken(
        @JsonPropertyDescription("Name of the issuer in the environment.") @Required @Size(min = 1, max = 63)
        String issuer,

        @JsonPropertyDescription("Exact value of the claim `jti`.") @Required @Size(min = 1, max = 255)
        String id) {}
