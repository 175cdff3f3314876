package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What let the contract in that gateways serve. */
@ApiObject
public record AdmissionStatus(
        @JsonPropertyDescription("NoGate, Record or Exception.") @Required @Size(min = 1, max = 63)
        String by,

        @JsonPropertyDescription("The record, the exception's reason, or that it was here before.")
        @Required
        @Size(max = 2048)
        String basis) {}
