package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How an edit to an environment reaches its endpoints. */
@ApiObject
public record Rollout(
        @JsonPropertyDescription(
                "Share of the endpoints that change at once, in percent. Edits that only take access away apply to all at once. Default: 10.")
        @Nullable
        @Min(1)
        @Max(100)
        Integer maxParallelPercent) {}
