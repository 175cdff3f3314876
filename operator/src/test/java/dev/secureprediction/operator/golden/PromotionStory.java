package dev.secureprediction.operator.golden;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.status.CloudReport;
import dev.secureprediction.operator.status.GatewayReport;
import dev.secureprediction.operator.status.Observed;
import dev.secureprediction.operator.status.ProbeResult;
import dev.secureprediction.operator.status.Progress;
import dev.secureprediction.operator.status.Projection;
import dev.secureprediction.operator.status.StatusEvent;
import dev.secureprediction.operator.status.StatusProjector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One endpoint of production, whose contracts come from staging, at noon of 22 November 2026.
 *
 * @param production more of that environment's spec, as YAML
 * @param promotion what was admitted and verified, as {@code in-promotion.yaml} says it
 */
public record PromotionStory(String production, String promotion) {

    static final String FIRST =
            "{model: {publisher: {publisher: google, name: gemini-2.5-flash}}, access: {roles: [{name: analyst, when: bindings.analysts in claims.groups, actions: [Predict]}]}}";
    static final String SECOND =
            "{model: {publisher: {publisher: google, name: gemini-2.5-flash}}, access: {roles: [{name: analyst, when: bindings.analysts in claims.groups, actions: [Predict]}]}, timeouts: {firstByteMilliseconds: 1000}}";

    private static final String ENVIRONMENT = """
            metadata: {name: %1$s, generation: 1}
            spec:
              gatewayNamespace: gateways-%1$s
              google:
                project: acme-ml-%1$s
                operatorServiceAccount: spe-operator@acme-ml-%1$s.iam.gserviceaccount.com
                locations: [europe-west4]
                workloadIdentity: {gke: {pool: acme-platform.svc.id.goog}}
              issuers:
              - {name: okta, url: "https://acme.okta.com/oauth2/default", audiences: [api://prediction-%1$s]}
              allow:
              - namespaces: {matchLabels: {secureprediction.dev/environment: %1$s}}
                models: ["publishers/google/models/gemini-*"]
            """;

    static final String GATED = """
            promotesFrom: {environment: staging}
            promotion: {gate: Verified}
            """;

    static PromotionStory gated() {
        return new PromotionStory(GATED, "{}");
    }

    PromotionStory production(String more) {
        return new PromotionStory(production + more, promotion);
    }

    /** Admissions in production, newest first: contract, gateway image, what let it in. */
    PromotionStory admitted(String... entries) {
        String list = String.join("", List.of(entries));
        return new PromotionStory(
                production, promotion.replace("{}", "") + "histories:\n  support-production/support-chat:\n" + list);
    }

    static String admission(String contract, String more) {
        return "  - {contract: " + contract + ", at: \"2026-11-20T12:00:00Z\"" + more + "}\n";
    }

    PromotionStory record(String contract, String more) {
        return new PromotionStory(
                production,
                promotion.replace("{}", "")
                        + (promotion.contains("verified:") ? "" : "verified:\n")
                        + "- {contract: " + contract + more + "}\n");
    }

    EndpointInputs inputs(String contract) {
        SecurePredictionEndpoint endpoint = read("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: support-chat, namespace: support-production, generation: 2}
                spec:
                  environmentRef: {name: production}
                  contract: %s
                  placement: {bindings: {analysts: ml-analysts-production}}
                """.formatted(contract), SecurePredictionEndpoint.class);
        var cluster = new FixedCluster(
                List.of(
                        read(ENVIRONMENT.formatted("staging"), PredictionEnvironment.class),
                        read(ENVIRONMENT.formatted("production") + production.indent(2), PredictionEnvironment.class)),
                List.of(
                        namespace("gateways-staging", Map.of()),
                        namespace("gateways-production", Map.of()),
                        namespace(
                                "support-production",
                                Map.of(
                                        "secureprediction.dev/environment", "production",
                                        "secureprediction.dev/team", "support"))),
                List.of(endpoint),
                Optional.empty(),
                read(promotion, FixedPromotion.class));
        return EndpointInputs.gather(endpoint, cluster, Scenario.INSTALLATION);
    }

    EndpointPlan plan(String contract) {
        return EndpointPlan.of(inputs(contract));
    }

    /** Where everything that should stand does, and one pod serves what should be served. */
    EndpointStatus status(EndpointPlan plan) {
        return projection(plan).status();
    }

    /** What is told when it comes to this. */
    List<StatusEvent> events(EndpointPlan plan) {
        return projection(plan).events();
    }

    private static Projection<EndpointStatus> projection(EndpointPlan plan) {
        Optional<InForce> serving = InForce.of(plan);
        Observed observed =
                serving.map(inForce -> seen(inForce.state().policyDigest())).orElse(Observed.NOTHING);
        return new StatusProjector(Clock.fixed(FixedPromotion.NOW, ZoneOffset.UTC)).project(plan, observed);
    }

    private static Observed seen(String policyDigest) {
        var pod = new GatewayReport.PodReport("pod", true, "image", Optional.of(policyDigest), Optional.empty());
        var gateway = new GatewayReport(true, true, 1, 1, List.of(pod), Optional.empty(), Optional.empty());
        var cloud = new CloudReport(
                true,
                new Progress.Done(Reason.Partial, "bound"),
                new Progress.Done(Reason.NoEndpointNeeded, "none"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        return new Observed(
                cloud,
                gateway,
                new ProbeResult.Refused(policyDigest, List.of("call without a token"), ProbeResult.Canary.Answered),
                false);
    }

    private static Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private static <T> T read(String yaml, Class<T> type) {
        return Yaml.readAll(yaml, type).getFirst();
    }
}
