package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.api.v1alpha1.guardrail.SensitiveDataAction;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Compiles guardrails: the environment's, whole and first, then the contract's. */
final class GuardrailPlanner {

    private static final long WEBHOOK_MILLISECONDS = 2_000;

    private final GoogleAddresses addresses;
    private final String project;
    private final String location;

    GuardrailPlanner(GoogleAddresses addresses, String project, String location) {
        this.addresses = addresses;
        this.project = project;
        this.location = location;
    }

    List<Guardrail> of(PredictionEnvironmentSpec environment, Contract contract) {
        return Stream.concat(
                        environment.requireOrDefault().guardrails().stream().map(required -> guardrail(required, true)),
                        contract.guardrails().stream().map(own -> guardrail(own, false)))
                .toList();
    }

    private Guardrail guardrail(
            dev.secureprediction.operator.api.v1alpha1.guardrail.Guardrail guardrail, boolean required) {
        List<GuardrailStage> stages = guardrail.stages().isEmpty()
                ? List.of(GuardrailStage.Request, GuardrailStage.Response)
                : guardrail.stages().stream()
                        .map(stage -> GuardrailStage.valueOf(stage.name()))
                        .toList();
        OnError onError = guardrail.onError() == null
                ? OnError.Deny
                : OnError.valueOf(guardrail.onError().name());
        return new Guardrail(guardrail.name(), required, stages, onError, check(guardrail));
    }

    private Guardrail.Check check(dev.secureprediction.operator.api.v1alpha1.guardrail.Guardrail guardrail) {
        if (guardrail.modelArmor() != null) {
            return new Guardrail.ModelArmor(
                    addresses.modelArmor(location),
                    "projects/" + project + "/locations/" + location + "/templates/"
                            + guardrail.modelArmor().template());
        }
        if (guardrail.denyPatterns() != null) {
            return new Guardrail.DenyPatterns(guardrail.denyPatterns().patterns());
        }
        if (guardrail.sensitiveData() != null) {
            return new Guardrail.SensitiveData(
                    guardrail.sensitiveData().kinds(), guardrail.sensitiveData().action() == SensitiveDataAction.Mask);
        }
        var webhook = Objects.requireNonNull(guardrail.webhook(), "the schema asks for exactly one check");
        return new Guardrail.Webhook(
                webhook.url(),
                Optional.ofNullable(webhook.caBundle()),
                webhook.timeoutMilliseconds() == null ? WEBHOOK_MILLISECONDS : webhook.timeoutMilliseconds());
    }
}
