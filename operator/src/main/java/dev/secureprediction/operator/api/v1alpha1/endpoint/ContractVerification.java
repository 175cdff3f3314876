package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How the operator proves that a contract is in force. */
@ApiObject
public record ContractVerification(
        @JsonPropertyDescription("The one call that must succeed; absent: none is made, and status says NoCanary.")
        @Nullable
        Canary canary,

        @JsonPropertyDescription("Seconds between two probes, before jitter. Default: 300.")
        @Nullable
        @Min(10)
        @Max(86400)
        Integer probeIntervalSeconds) {}
