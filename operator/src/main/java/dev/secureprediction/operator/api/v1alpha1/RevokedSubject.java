package dev.secureprediction.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A caller that is refused. */
@ApiObject
public record RevokedSubject(
        @JsonPropertyDescription("Name of the issuer in the environment.") @Required @Size(min = 1, max = 63)
        String issuer,

        @JsonPropertyDescription("Exact value of the claim that carries the subject.")
        @Required
        @Size(min = 1, max = 255)
        String subject) {}
