package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A Vertex AI endpoint. */
@ApiObject
public record CloudEndpointStatus(
        @JsonPropertyDescription("Its resource name.") @Nullable @Size(max = 512)
        String name,

        @JsonPropertyDescription("Id of the deployed model.") @Nullable @Size(max = 63)
        String deployedModel,

        @JsonPropertyDescription(
                "Version of the model that answers: the deployed one, or what a publisher's model says to the canary, or without one in the answers of calls.")
        @Nullable
        @Size(max = 63)
        String modelVersion,

        @JsonPropertyDescription("Name of the operation that is under way; resumed after a restart.")
        @Nullable
        @Size(max = 512)
        String pendingOperation) {}
