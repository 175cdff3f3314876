package dev.secureprediction.operator.api.v1alpha1.verification;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A signed record that a contract was verified in an environment. Immutable. */
@ApiObject
@ValidationRule(
        value = "self == oldSelf",
        message = "spec is immutable, since a record says what was; make a new PredictionVerification")
public record PredictionVerificationSpec(
        @JsonPropertyDescription("The record as a compact JWS (RFC 7515).")
        @Required
        @Size(min = 5, max = 65536)
        @Pattern("^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$")
        String record) {}
