package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A plan that the platform team approves. */
@ApiObject
public record PlanApproval(
        @JsonPropertyDescription("Namespace of the endpoint.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String namespace,

        @JsonPropertyDescription("Name of the endpoint.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String name,

        @JsonPropertyDescription("Hash of the plan, as in the endpoint's status.")
        @Required
        @Size(max = 71)
        @Pattern(Formats.SHA256)
        String planHash) {}
