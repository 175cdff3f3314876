package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.PromptRecording;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Exposure;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Placement;
import dev.secureprediction.operator.api.v1alpha1.environment.AuditFailure;
import dev.secureprediction.operator.api.v1alpha1.environment.AuditRequirements;
import dev.secureprediction.operator.api.v1alpha1.environment.GatewaySettings;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.StoreFailure;
import dev.secureprediction.policy.model.AuditRules;
import dev.secureprediction.policy.model.CacheRule;
import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.ResponseRules;
import dev.secureprediction.policy.model.Retries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Compiles what becomes of answers and records, and how the gateway itself is run. */
final class ServingPlanner {

    private ServingPlanner() {}

    static ResponseRules response(Contract contract) {
        var response = contract.response();
        if (response == null) {
            return ResponseRules.AS_IS;
        }
        return new ResponseRules(
                Optional.ofNullable(response.cache())
                        .map(cache -> new CacheRule(
                                cache.ttlSeconds(),
                                cache.scope() == null
                                        ? LimitScope.Subject
                                        : LimitScope.valueOf(cache.scope().name()))),
                response.redact(),
                response.fields(),
                response.headers());
    }

    /** What the contract asks, at least the environment's least and at most its most. */
    static AuditRules audit(PredictionEnvironmentSpec environment, Contract contract) {
        AuditRequirements floor = Objects.requireNonNullElse(
                environment.requireOrDefault().audit(), new AuditRequirements(null, null, null));
        PromptRecording asked = contract.audit() == null || contract.audit().prompts() == null
                ? Defaults.PROMPTS
                : contract.audit().prompts();
        PromptRecording least = Objects.requireNonNullElse(floor.minPrompts(), PromptRecording.None);
        PromptRecording most = Objects.requireNonNullElse(floor.maxPrompts(), PromptRecording.None);
        PromptRecording bounded = asked.compareTo(least) < 0 ? least : asked.compareTo(most) > 0 ? most : asked;
        return new AuditRules(
                floor.onFailure() == AuditFailure.Drop ? AuditRules.OnFailure.Drop : AuditRules.OnFailure.Refuse,
                AuditRules.Prompts.valueOf(bounded.name()));
    }

    static Retries retries(Contract contract) {
        Integer asked = contract.retries() == null ? null : contract.retries().budgetPercent();
        return new Retries(Objects.requireNonNullElse(asked, Defaults.RETRY_BUDGET_PERCENT));
    }

    static GatewayRules gateway(PredictionEnvironmentSpec environment, Placement placement, int maxReplicas) {
        GatewaySettings settings = environment.gatewayOrDefault();
        Exposure exposure = placement.exposureOrDefault();
        return new GatewayRules(
                maxReplicas,
                Optional.ofNullable(settings.store())
                        .flatMap(store -> Optional.ofNullable(store.redis()))
                        .map(redis -> redis.onFailure() == StoreFailure.Refuse
                                ? GatewayRules.OnStoreFailure.Refuse
                                : GatewayRules.OnStoreFailure.Local),
                settings.trustedProxies(),
                exposure.cors() == null ? List.of() : exposure.cors().origins(),
                Boolean.TRUE.equals(exposure.docs()));
    }
}
