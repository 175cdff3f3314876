package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Vertex AI endpoint. */
@ApiObject
@ValidationRule(
        value = "!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas",
        message = "spec.placement.endpoint: minReplicas is above maxReplicas; raise maxReplicas or lower minReplicas")
public record PlacementEndpoint(
        @JsonPropertyDescription("Id of an existing endpoint; for existing models only.")
        @Nullable
        @Size(max = 63)
        @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$")
        String id,

        @JsonPropertyDescription("Machine type of a deployed model. Default: n1-standard-4.")
        @Nullable
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9][-a-z0-9]*$")
        String machineType,

        @JsonPropertyDescription("Fewest replicas. Default: 1, or the environment's floor.")
        @Nullable
        @Min(1)
        @Max(1000)
        Integer minReplicas,

        @JsonPropertyDescription("Most replicas. Default: minReplicas.") @Nullable @Min(1) @Max(1000)
        Integer maxReplicas) {
    /** All defaults. */
    public static final PlacementEndpoint DEFAULT = new PlacementEndpoint(null, null, null, null);
    /** Id of an existing endpoint. */
    public Optional<String> idIfAny() {
        return Optional.ofNullable(id).filter(i -> !i.isEmpty());
    }
    /** Machine type of a deployed model. */
    public String machineTypeOrDefault() {
        return machineType == null ? Defaults.MACHINE_TYPE : machineType;
    }
}
