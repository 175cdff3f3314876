package dev.secureprediction.operator.api.v1alpha1.guardrail;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check of prompts or answers that may stop a call. */
@ApiObject
@ValidationRule(
        value =
                "[has(self.modelArmor), has(self.denyPatterns), has(self.sensitiveData), has(self.webhook)].filter(k, k).size() == 1",
        message =
                "guardrails: each needs exactly one of modelArmor, denyPatterns, sensitiveData and webhook; give one, and make a guardrail of its own for every other")
public record Guardrail(
        @JsonPropertyDescription("Name, unique in its list; shown in audit records.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String name,

        @JsonPropertyDescription("Screening by a Model Armor template.") @Nullable
        ModelArmor modelArmor,

        @JsonPropertyDescription("Refusal of texts that match a regular expression.") @Nullable
        DenyPatterns denyPatterns,

        @JsonPropertyDescription("Search for sensitive data.") @Nullable
        SensitiveData sensitiveData,

        @JsonPropertyDescription("Screening by an HTTPS service.") @Nullable
        Webhook webhook,

        @JsonPropertyDescription("What is screened. Default: Request and Response.") @Size(max = 2)
        List<Stage> stages,

        @JsonPropertyDescription("What follows when the check itself fails; always audited. Default: Deny.") @Nullable
        OnError onError) {
    public Guardrail {
        stages = Absent.list(stages);
    }
}
