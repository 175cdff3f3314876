package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Exposure;
import dev.secureprediction.operator.api.v1alpha1.endpoint.LimitScope;
import dev.secureprediction.operator.api.v1alpha1.endpoint.ParentRef;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Placement;
import dev.secureprediction.operator.api.v1alpha1.endpoint.PlacementEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.PlacementGateway;
import dev.secureprediction.operator.api.v1alpha1.endpoint.ResponseRules;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Role;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Route;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.Grant;
import dev.secureprediction.operator.api.v1alpha1.environment.NamespacedName;
import dev.secureprediction.operator.api.v1alpha1.guardrail.Guardrail;
import dev.secureprediction.operator.api.v1alpha1.guardrail.ModelArmor;
import dev.secureprediction.operator.api.v1alpha1.guardrail.Webhook;
import dev.secureprediction.policy.model.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one grant leaves uncovered of an endpoint; grants are never added up. */
final class GrantCheck {

    private final Grant grant;
    private final String where;
    private final List<Problem> uncovered = new ArrayList<>();

    private GrantCheck(Grant grant, int index) {
        this.grant = grant;
        this.where = "spec.allow[" + index + "]";
    }

    /** Whether a grant is for a namespace at all. */
    static boolean isFor(Grant grant, Map<String, String> namespaceLabels) {
        Map<String, String> wanted = grant.namespaces().matchLabels();
        return !wanted.isEmpty()
                && wanted.entrySet().stream().allMatch(e -> e.getValue().equals(namespaceLabels.get(e.getKey())));
    }

    /** What the grant, at this place of the environment's list, does not cover. */
    static List<Problem> uncovered(
            Grant grant, int index, SecurePredictionEndpointSpec spec, WantedModel model, List<Surface> surfaces) {
        Placement placement = spec.placementOrDefault();
        GrantCheck check = new GrantCheck(grant, index);
        check.model(model, placement.endpointOrDefault());
        check.surfaces(surfaces);
        check.routes(spec.contract().access().roles(), model);
        check.guardrails(spec.contract().guardrails());
        check.require(
                grant.managementPoliciesOrDefault().contains(spec.managementPolicyOrDefault()),
                GrantRule.MANAGEMENT_POLICY,
                "management policy " + spec.managementPolicyOrDefault());
        check.exposure(placement.exposureOrDefault());
        check.gateway(placement.gatewayOrDefault());
        check.cache(spec.contract().response());
        return check.uncovered;
    }

    private void model(WantedModel model, PlacementEndpoint endpoint) {
        require(
                grant.models().stream().anyMatch(pattern -> Glob.matches(pattern, model.grantName())),
                GrantRule.MODEL,
                "model '" + model.grantName() + "'");
        switch (model) {
            case WantedModel.Publisher ignored -> {}
            case WantedModel.Existing existing ->
                require(
                        grant.endpointIDs().contains(existing.endpointId()),
                        GrantRule.ENDPOINT_ID,
                        "endpoint '" + existing.endpointId() + "'");
            case WantedModel.Deployed ignored -> {
                require(
                        grant.machineTypes().contains(endpoint.machineTypeOrDefault()),
                        GrantRule.MACHINE_TYPE,
                        "machine type '" + endpoint.machineTypeOrDefault() + "'");
                replicas(
                        "spec.placement.endpoint",
                        endpoint.minReplicas(),
                        endpoint.maxReplicas(),
                        grant.maxEndpointReplicasOrDefault());
            }
        }
    }

    private void surfaces(List<Surface> surfaces) {
        for (Surface surface : surfaces) {
            require(
                    grant.surfaces().isEmpty() || grant.surfaces().contains(surface),
                    GrantRule.SURFACE,
                    "surface " + surface);
        }
    }

    private void routes(List<Role> roles, WantedModel model) {
        for (int i = 0; i < roles.size(); i++) {
            Route route = roles.get(i).route();
            if (route != null && route.publisherModel() != null && model instanceof WantedModel.Publisher usual) {
                String name = new WantedModel.Publisher(usual.publisher(), route.publisherModel()).grantName();
                require(
                        grant.models().stream().anyMatch(pattern -> Glob.matches(pattern, name)),
                        "spec.contract.access.roles[" + i + "].route.publisherModel",
                        "model '" + name + "'",
                        "models");
            }
        }
    }

    private void guardrails(List<Guardrail> guardrails) {
        for (int i = 0; i < guardrails.size(); i++) {
            String path = "spec.contract.guardrails[" + i + "]";
            ModelArmor armor = guardrails.get(i).modelArmor();
            if (armor != null) {
                require(
                        grant.modelArmorTemplates().contains(armor.template()),
                        path + ".modelArmor.template",
                        "Model Armor template '" + armor.template() + "'",
                        "modelArmorTemplates");
            }
            Webhook webhook = guardrails.get(i).webhook();
            if (webhook != null) {
                String host = GuardrailProblems.host(webhook.url());
                require(
                        grant.webhookHosts().stream().anyMatch(pattern -> Glob.matchesHost(pattern, host)),
                        path + ".webhook.url",
                        "webhook host '" + host + "'",
                        "webhookHosts");
            }
        }
    }

    private void cache(@Nullable ResponseRules response) {
        LimitScope scope = response == null || response.cache() == null
                ? LimitScope.Subject
                : Objects.requireNonNullElse(response.cache().scope(), LimitScope.Subject);
        require(
                scope == LimitScope.Subject || grant.sharedCacheOrDefault(),
                GrantRule.SHARED_CACHE,
                "sharing answers by " + scope);
    }

    private void exposure(Exposure exposure) {
        String hostname = exposure.hostname();
        require(
                hostname == null || grant.hostnames().stream().anyMatch(pattern -> Glob.matchesHost(pattern, hostname)),
                GrantRule.HOSTNAME,
                "host name '" + hostname + "'");
        String secret = exposure.tlsSecretName();
        require(
                secret == null || grant.tlsSecretNames().contains(secret),
                GrantRule.TLS_SECRET,
                "TLS secret '" + secret + "'");
        ParentRef parent = exposure.parentRef();
        require(
                parent == null || grant.parentRefs().contains(new NamespacedName(parent.namespace(), parent.name())),
                GrantRule.PARENT_REF,
                parent == null ? "" : "gateway '" + parent.namespace() + "/" + parent.name() + "'");
        require(
                !exposure.plaintextOrDefault() || grant.plaintextOrDefault(),
                GrantRule.PLAINTEXT,
                "serving without TLS");
    }

    private void gateway(PlacementGateway gateway) {
        replicas(
                "spec.placement.gateway",
                gateway.minReplicas(),
                gateway.maxReplicas(),
                grant.maxGatewayReplicasOrDefault());
    }

    private void replicas(String path, @Nullable Integer min, @Nullable Integer max, int limit) {
        if (max != null && max > limit) {
            tooMany(path + ".maxReplicas", max, limit);
        } else if (min != null && min > limit) {
            tooMany(path + ".minReplicas", min, limit);
        }
    }

    private void tooMany(String path, int asked, int limit) {
        uncovered.add(new Problem(
                Reason.NotAllowedByEnvironment,
                path,
                asked + " is more than the " + limit + " that the environment's " + where
                        + " allows; lower it, or ask the platform team"));
    }

    private void require(boolean covered, GrantRule rule, String what) {
        require(covered, rule.path(), what, rule.list());
    }

    /** For items of lists, which are checked here alone and not at admission. */
    private void require(boolean covered, String path, String what, String list) {
        if (!covered) {
            uncovered.add(new Problem(
                    Reason.NotAllowedByEnvironment,
                    path,
                    what + " is not covered by the environment's " + where + "." + list
                            + "; use what is, or ask the platform team"));
        }
    }
}
