package dev.secureprediction.operator.it;

import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Three environments that promote one into the next, gated, with soaks of seconds; and one application in them. */
final class Chain {

    static final String QA = "chain-qa";
    static final String STAGING = "chain-staging";
    static final String PRODUCTION = "chain-production";
    static final List<String> ALL = List.of(QA, STAGING, PRODUCTION);

    private final Platform platform;

    private Chain(Platform platform) {
        this.platform = platform;
    }

    static Chain set(Sandbox sandbox) {
        var chain = new Chain(Platform.installed(sandbox));
        ALL.forEach(name -> chain.environment(name, ""));
        return chain;
    }

    /** A cluster that has the operator, and environments of its own. */
    static Chain on(Sandbox sandbox) {
        return new Chain(Platform.installed(sandbox));
    }

    Stage at(String environment) {
        return new Stage(platform, environment);
    }

    Platform platform() {
        return platform;
    }

    /** An environment with these lines more in its spec. */
    void environment(String name, String lines) {
        int place = ALL.indexOf(name);
        String before = place <= 0 ? "" : """
                promotesFrom: {environment: %s}
                promotion: {gate: Verified, minimumSoakSeconds: 1}
                """.formatted(ALL.get(place - 1));
        apply(name, before + lines);
    }

    /** An environment whose predecessor stands in another cluster, or anything else that these lines say. */
    void apply(String name, String lines) {
        platform.letGoAtLast(at(name).team());
        platform.apply(Environments.namespaces(name, "support")
                + Environments.environment(platform.sandbox(), name, "api://" + name, """
                allow:
                - namespaces: {matchLabels: {stage: %1$s}}
                  models: ["publishers/google/models/gemini-*"]
                verification: {soakSeconds: 1}
                drift: {intervalSeconds: 10}
                """.formatted(name) + lines));
    }

    /** The application's endpoint in an environment. */
    void chat(String environment, String contract) {
        platform.apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: chat, namespace: %1$s-team}
                spec:
                  environmentRef: {name: %1$s}
                  contract: %2$s
                  placement: {bindings: {analysts: ml-analysts-qa, scientists: ml-scientists-qa}}
                  deletionPolicy: Delete
                """.formatted(environment, contract));
    }

    /** A contract that lets one of the bindings in. */
    static String letsIn(String binding) {
        return "{model: {publisher: {publisher: google, name: gemini-2.5-flash}}, access: {roles: [{name: one, when: bindings."
                + binding + " in claims.groups, actions: [Predict]}]}}";
    }

    void awaitConsistent(String environment, String reason) {
        at(environment).awaitReason("chat", ConditionType.Consistent, reason);
    }

    void awaitHeld(String environment) {
        at(environment).awaitReason("chat", ConditionType.Reconciling, "AwaitingPromotion");
    }

    void awaitEnvironment(String name, ConditionType type, String reason) {
        await().atMost(Platform.LONG)
                .until(() -> environmentCondition(name, type).equals(reason));
    }

    /** As it is written now: what conflicts with it later was written elsewhere. */
    void awaitAccepted(String name) {
        await().atMost(Platform.LONG).until(() -> {
            var found = environment(name);
            var accepted = found.getStatus() == null
                    ? Optional.<Condition>empty()
                    : Conditions.find(found.getStatus().conditions(), ConditionType.Accepted);
            return accepted.filter(condition -> condition.status().equals(Conditions.TRUE))
                    .filter(condition -> Objects.equals(
                            condition.observedGeneration(), found.getMetadata().getGeneration()))
                    .isPresent();
        });
    }

    private PredictionEnvironment environment(String name) {
        return platform.client()
                .resources(PredictionEnvironment.class)
                .withName(name)
                .require();
    }

    private String environmentCondition(String name, ConditionType type) {
        var status = environment(name).getStatus();
        return status == null
                ? ""
                : Conditions.find(status.conditions(), type)
                        .map(Condition::reason)
                        .orElse("");
    }

    List<String> events(String environment, String reason) {
        return platform.client().v1().events().inNamespace(environment + "-team").list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .map(Event::getMessage)
                .toList();
    }
}
