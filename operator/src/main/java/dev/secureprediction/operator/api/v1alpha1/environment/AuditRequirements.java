package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.PromptRecording;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What an environment requires of audit records. */
@ApiObject
@ValidationRule(
        value =
                "!has(self.minPrompts) || self.minPrompts == 'None' || (has(self.maxPrompts) && self.maxPrompts in ['Full', self.minPrompts])",
        message =
                "spec.require.audit: minPrompts asks for more than maxPrompts (default None) allows; raise maxPrompts or lower minPrompts")
public record AuditRequirements(
        @JsonPropertyDescription("What follows when a record cannot be written. Default: Refuse.") @Nullable
        AuditFailure onFailure,

        @JsonPropertyDescription("Least that is recorded of prompts. Default: None.") @Nullable
        PromptRecording minPrompts,

        @JsonPropertyDescription("Most that is recorded of prompts. Default: None.") @Nullable
        PromptRecording maxPrompts) {}
