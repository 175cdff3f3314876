package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One aspect of a resource's state, as Kubernetes defines conditions. */
@ApiObject
public record Condition(
        @JsonPropertyDescription("What it is about.") @Required @Size(min = 1, max = 63)
        String type,

        @JsonPropertyDescription("True, False or Unknown.")
        @Required
        @Size(min = 4, max = 7)
        @Pattern("^(True|False|Unknown)$")
        String status,

        @JsonPropertyDescription("The generation it is about.") @Nullable @Min(0)
        Long observedGeneration,

        @JsonPropertyDescription("When its status last changed (RFC 3339).") @Required @Size(min = 20, max = 32)
        String lastTransitionTime,

        @JsonPropertyDescription("Why, in one word; the reference page of reasons lists them.")
        @Required
        @Size(min = 1, max = 63)
        String reason,

        @JsonPropertyDescription("Why, for people.")
        @Required
        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Size(max = 32768)
        String message) {}
