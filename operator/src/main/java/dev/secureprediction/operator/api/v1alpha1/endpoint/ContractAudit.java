package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.PromptRecording;
import org.jspecify.annotations.Nullable;

/** What audit records hold. */
@ApiObject
public record ContractAudit(
        @JsonPropertyDescription("None, Hash (keyed) or Full. Default: None.") @Nullable
        PromptRecording prompts) {}
