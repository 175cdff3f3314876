package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A difference between what was asked for and what was found. */
@ApiObject
public record DriftEntry(
        @JsonPropertyDescription("What differs.") @Required @Size(min = 1, max = 512)
        String resource,

        @JsonPropertyDescription("Which field.") @Required @Size(min = 1, max = 255)
        String field,

        @JsonPropertyDescription("What it should be.") @Nullable @Size(max = 1024)
        String desired,

        @JsonPropertyDescription("What was found.") @Nullable @Size(max = 1024)
        String observed,

        @JsonPropertyDescription("When it was found (RFC 3339).") @Required @Size(min = 20, max = 32)
        String detectedAt,

        @JsonPropertyDescription("When it was put right (RFC 3339); absent: not yet.")
        @Nullable
        @Size(min = 20, max = 32)
        String revertedAt) {}
