package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What the operator made of a verification record. */
@ApiObject
public record RecordStatus(
        @JsonPropertyDescription("The generation that this status is about.") @Nullable @Min(0)
        Long observedGeneration,

        @JsonPropertyDescription("Whether its signature and dates hold.") @Nullable
        Boolean valid,

        @JsonPropertyDescription("Why, in one word: Trusted, UnknownIssuer, BadSignature, Expired …")
        @Nullable
        @Size(max = 63)
        String reason,

        @JsonPropertyDescription("The record in plain text. Free-form JSON.") @Nullable
        JsonNode decoded) {}
