package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Outcome of the probes. */
@ApiObject
public record ProofStatus(
        @JsonPropertyDescription("Passed, Failed or Unknown.") @Required
        VerificationOutcome outcome,

        @JsonPropertyDescription("The probe that fails.") @Nullable @Size(max = 255)
        String failingProbe,

        @JsonPropertyDescription("Since when the outcome holds (RFC 3339).") @Nullable @Size(min = 20, max = 32)
        String since) {}
