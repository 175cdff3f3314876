package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator reports on a PredictionEnvironment. */
@ApiObject
public record EnvironmentStatus(
        @JsonPropertyDescription("The generation that this status is about.") @Nullable @Min(0)
        Long observedGeneration,

        @JsonPropertyDescription("The state by aspect: Ready, Accepted, CloudReady, QuotaLeft, Monotone.")
        @Size(max = 32)
        List<Condition> conditions,

        @JsonPropertyDescription("Endpoints that belong to the environment.") @Nullable @Min(0)
        Integer endpoints,

        @JsonPropertyDescription("How far the last edit has come.") @Nullable
        RolloutStatus rollout,

        @JsonPropertyDescription(
                "Public keys (JWK set) of the records issued here, for people to copy; never trusted from here. Free-form JSON.")
        @Nullable
        JsonNode verifierKeys) {
    public EnvironmentStatus {
        conditions = Absent.list(conditions);
    }

    /** Nothing observed yet. */
    public static final EnvironmentStatus EMPTY = new EnvironmentStatus(null, List.of(), null, null, null);
}
