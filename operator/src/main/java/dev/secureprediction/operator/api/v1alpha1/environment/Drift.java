package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How often cloud state is read again. */
@ApiObject
public record Drift(
        @JsonPropertyDescription("Seconds between two reads, before jitter. Default: 300.")
        @Nullable
        @Min(10)
        @Max(86400)
        Integer intervalSeconds) {}
