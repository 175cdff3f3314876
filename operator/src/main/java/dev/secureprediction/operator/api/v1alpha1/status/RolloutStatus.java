package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How far an edit of an environment has come. */
@ApiObject
public record RolloutStatus(
        @JsonPropertyDescription("The edit.") @Nullable @Size(max = 71)
        String revision,

        @JsonPropertyDescription("Endpoints that have it.") @Nullable @Min(0)
        Integer updated,

        @JsonPropertyDescription("Endpoints that wait for it.") @Nullable @Min(0)
        Integer waiting,

        @JsonPropertyDescription("Why they wait.") @Nullable @Size(max = 1024)
        String reason) {}
