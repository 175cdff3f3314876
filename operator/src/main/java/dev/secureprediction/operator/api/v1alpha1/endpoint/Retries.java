package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Repeated calls to the model, never after the first byte of an answer. */
@ApiObject
public record Retries(
        @JsonPropertyDescription("Retries allowed, in percent of calls. Default: 10.") @Nullable @Min(0) @Max(100)
        Integer budgetPercent) {}
