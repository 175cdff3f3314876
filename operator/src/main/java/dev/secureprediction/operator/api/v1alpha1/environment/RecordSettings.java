package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** When a contract counts as verified in an environment. */
@ApiObject
public record RecordSettings(
        @JsonPropertyDescription("How long it must have run here without a failing probe, in seconds. Default: 1800.")
        @Nullable
        @Min(0)
        @Max(2592000)
        Integer soakSeconds) {}
