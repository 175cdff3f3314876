package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.guardrail.Guardrail;
import dev.secureprediction.policy.model.Surface;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers get, the same in every environment. */
@ApiObject
@ValidationRule(
        value =
                "!has(self.surfaces) || !self.surfaces.exists(s, s == 'GeminiGenerate') || (has(self.model.publisher) && self.model.publisher.publisher == 'google')",
        message =
                "spec.contract.surfaces: GeminiGenerate is spoken by models of the publisher google only; remove it or choose such a model")
@ValidationRule(
        value =
                "!has(self.surfaces) || !self.surfaces.exists(s, s == 'AnthropicMessages') || (has(self.model.publisher) && self.model.publisher.publisher == 'anthropic')",
        message =
                "spec.contract.surfaces: AnthropicMessages is spoken by models of the publisher anthropic only; remove it or choose such a model")
@ValidationRule(
        value =
                "!has(self.surfaces) || size(self.surfaces) == 0 || !has(self.verification) || !has(self.verification.canary) || self.surfaces.exists(s, s == self.verification.canary.surface)",
        message =
                "spec.contract.verification.canary.surface must be one of spec.contract.surfaces; add it there or choose another")
public record Contract(
        @JsonPropertyDescription("The model. Exactly one kind; which one is immutable.") @Required
        ContractModel model,

        @JsonPropertyDescription("Wire protocols that the gateway serves. Default: those that the model has.")
        @Size(max = 6)
        @ValidationRule(
                value = "self.all(s, self.exists_one(t, t == s))",
                message = "spec.contract.surfaces: each may be listed once; remove the repeated one")
        List<Surface> surfaces,

        @JsonPropertyDescription("Who may call.") @Required Access access,

        @JsonPropertyDescription("What a request must look like.") @Nullable
        RequestRules request,

        @JsonPropertyDescription("Checks of prompts and answers, run in this order after the environment's.")
        @Size(max = 16)
        @ValidationRule(
                value = "self.all(g, self.exists_one(h, h.name == g.name))",
                message = "spec.contract.guardrails: names must be unique; rename one")
        List<Guardrail> guardrails,

        @JsonPropertyDescription("What becomes of answers.") @Nullable
        ResponseRules response,

        @JsonPropertyDescription("What audit records hold, within the environment's bounds.") @Nullable
        ContractAudit audit,

        @JsonPropertyDescription("Deadlines of calls to the model.") @Nullable
        Timeouts timeouts,

        @JsonPropertyDescription("Repeated calls to the model.") @Nullable
        Retries retries,

        @JsonPropertyDescription("How the operator proves that this contract is in force.") @Nullable
        ContractVerification verification) {
    public Contract {
        surfaces = Absent.list(surfaces);
        guardrails = Absent.list(guardrails);
    }

    /** What a request must look like; all defaults where absent. */
    public RequestRules requestOrDefault() {
        return request == null ? RequestRules.DEFAULT : request;
    }
    /** Deadlines of calls to the model; all defaults where absent. */
    public Timeouts timeoutsOrDefault() {
        return timeouts == null ? Timeouts.DEFAULT : timeouts;
    }
}
