package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Size of the gateway. */
@ApiObject
@ValidationRule(
        value = "!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas",
        message = "spec.placement.gateway: minReplicas is above maxReplicas; raise maxReplicas or lower minReplicas")
public record PlacementGateway(
        @JsonPropertyDescription("Fewest replicas. Default: 1, or the environment's floor.")
        @Nullable
        @Min(1)
        @Max(1000)
        Integer minReplicas,

        @JsonPropertyDescription("Most replicas; above minReplicas the gateway scales by load. Default: minReplicas.")
        @Nullable
        @Min(1)
        @Max(1000)
        Integer maxReplicas,

        @JsonPropertyDescription("CPU and memory of each replica.") @Nullable
        ResourceRequirements resources) {
    /** All defaults. */
    public static final PlacementGateway DEFAULT = new PlacementGateway(null, null, null);
}
