package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A gateway image that answers everybody is found by its probes, taken out of the Service, told and kept. */
@SandboxTest
final class OpenGatewayIT {

    private final Stage stage;

    OpenGatewayIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "open");
    }

    @Test
    void aGatewayThatFailsOpenIsTakenOutOfTheService() {
        // given an endpoint whose gateways are sound
        stage.applyChat("chat", "ml-analysts-qa");
        stage.awaitReady("chat");

        // when the environment's image is one that answers everybody, and says that it loaded the policy
        image("registry.example.com/open-gateway:1");

        // then the pod is found out, and no longer serves
        // read as one: another pod comes up, and the condition changes again
        await().atMost(Platform.LONG)
                .until(() -> stage.condition("chat", ConditionType.PolicyEnforced)
                        .filter(condition -> condition.reason().equals("LetThrough"))
                        .filter(condition -> condition.message().contains("call without a token"))
                        .isPresent());
        await().atMost(Platform.LONG).until(() -> !quarantined().isEmpty());
        var kept = quarantined().getFirst().getMetadata().getName();
        await().atMost(Platform.LONG)
                .until(() -> !stage.platform()
                        .sandbox()
                        .cluster()
                        .kubectl("get", "endpointslices", "-n", stage.gateways(), "-o", "yaml")
                        .orThrow()
                        .contains("name: " + kept));
        assertThat(stage.platform()
                        .client()
                        .v1()
                        .events()
                        .inNamespace(stage.team())
                        .list()
                        .getItems())
                .anySatisfy(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getMessage()).contains("call without a token");
                });
        await().atMost(Platform.LONG)
                .until(() -> stage.platform()
                        .metrics()
                        .lines()
                        .anyMatch(line -> line.startsWith("spe_probes_total") && line.contains("let_through")));

        // and with a sound image all is well again, one such pod being kept to be looked at
        image("registry.example.com/secure-prediction/spe-gateway:0.1.0");
        stage.awaitReady("chat");
        assertThat(stage.caller("chat").chat(Optional.empty())).isEqualTo(401);
        assertThat(quarantined()).hasSize(1);

        // until the endpoint goes
        stage.delete("chat");
        stage.awaitGone("chat");
        await().atMost(Platform.LONG).until(() -> stage.gatewayPods().isEmpty());
    }

    private void image(String reference) {
        stage.platform()
                .client()
                .resource(stage.environment().orElseThrow())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"gateway\":{\"image\":\"%s\"}}}".formatted(reference));
    }

    private List<Pod> quarantined() {
        return stage.gatewayPods().stream()
                .filter(pod -> !pod.getMetadata().getLabels().containsKey(Labels.SERVING))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
