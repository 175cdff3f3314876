package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.Names;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects of somebody else that have a gateway's name: each is found, named and left alone. */
@SandboxTest
final class NamesakesIT {

    /** In the order in which a gateway's objects are applied. */
    private static final List<String> KINDS = List.of(
            "ConfigMap",
            "NetworkPolicy",
            "ServiceAccount",
            "Deployment",
            "Service",
            "PodDisruptionBudget",
            "HorizontalPodAutoscaler");

    private final Stage stage;
    private final Sandbox sandbox;
    private final String name;

    NamesakesIT(Sandbox sandbox) {
        this.sandbox = sandbox;
        stage = Stage.set(sandbox, "namesakes");
        name = Names.of("acme", new EndpointKey(stage.team(), "chat")).gateway();
    }

    @Test
    void whatIsNotOursIsLeftAloneAndNamed() {
        // given one of each kind, of somebody else
        stage.platform().apply(foreign());
        // when
        stage.platform().apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: chat, namespace: %s}
                spec:
                  environmentRef: {name: namesakes}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access: {roles: [{name: analyst, when: bindings.analysts in claims.groups, actions: [Predict]}]}
                  placement:
                    bindings: {analysts: ml-analysts-qa}
                    gateway: {minReplicas: 2, maxReplicas: 3}
                  deletionPolicy: Delete
                """.formatted(stage.team()));
        // then the first in the way is named, and the next once its owner has taken it away
        for (var kind : KINDS) {
            await().atMost(Platform.LONG)
                    .untilAsserted(() -> assertThat(told()).contains(kind + " " + stage.gateways() + "/" + name));
            assertThat(told()).contains("does not carry this endpoint's labels; remove it");
            assertThat(kubectl("get", kind, name, "-o", "jsonpath={.metadata.labels}"))
                    .isEmpty();
            kubectl("delete", kind, name);
            kubectl(
                    "annotate",
                    "spe/chat",
                    "--overwrite",
                    "--namespace=" + stage.team(),
                    "secureprediction.dev/reconcile-requested-at=" + Instant.now());
        }
        // and once nothing is in the way, the gateway is made
        await().atMost(Platform.LONG).untilAsserted(() -> assertThat(told()).startsWith("Gateway"));
        stage.delete("chat");
        stage.awaitGone("chat");
    }

    private String told() {
        return stage.condition("chat", ConditionType.GatewayReady)
                .map(condition -> condition.reason() + ": " + condition.message())
                .orElse("");
    }

    private String kubectl(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (all.stream().noneMatch(word -> word.startsWith("--namespace="))) {
            all.add("--namespace=" + stage.gateways());
        }
        return sandbox.cluster().kubectl(all.toArray(String[]::new)).orThrow();
    }

    private String foreign() {
        return """
                ---
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": %1$s}
                ---
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": %1$s, "spec": {"podSelector": {"matchLabels": {"app": "theirs"}}}}
                ---
                {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": %1$s}
                ---
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": %1$s, "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "theirs"}},
                  "template": {"metadata": {"labels": {"app": "theirs"}}, "spec": {"containers": [{"name": "a", "image": "a"}]}}}}
                ---
                {"apiVersion": "v1", "kind": "Service", "metadata": %1$s, "spec": {"ports": [{"port": 80}]}}
                ---
                {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": %1$s, "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "theirs"}}}}
                ---
                {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": %1$s, "spec": {"maxReplicas": 2,
                  "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "theirs"}}}
                """.formatted("{\"name\": \"%s\", \"namespace\": \"%s\"}".formatted(name, stage.gateways()));
    }
}
