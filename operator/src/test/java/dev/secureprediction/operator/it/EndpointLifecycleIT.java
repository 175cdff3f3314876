package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A team asks for an endpoint, people call it, somebody spoils it, the team changes it and lets it go. */
@SandboxTest
final class EndpointLifecycleIT {

    private static final String ANALYST = "analyst@example.com";

    private final Stage stage;

    EndpointLifecycleIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "lifecycle");
    }

    @Test
    void everybodyGetsExactlyWhatTheyMayHave() {
        // given
        stage.applyChat("chat", "ml-analysts-qa");
        stage.awaitReady("chat");
        // then
        var caller = stage.caller("chat");
        assertThat(caller.chat(Optional.of(stage.token(ANALYST)))).isEqualTo(200);
        assertThat(caller.chat(Optional.of(stage.token("guest@example.com")))).isEqualTo(403);
        assertThat(caller.chat(Optional.empty())).isEqualTo(401);
    }

    @Test
    void aNewPolicyIsInForceWithoutANewPod() {
        // given
        stage.applyChat("policy", "ml-analysts-qa");
        stage.awaitReady("policy");
        var pods = podsOf("policy");
        // when
        stage.applyChat("policy", "ml-scientists-qa");
        stage.awaitReady("policy");
        // then
        var caller = stage.caller("policy");
        assertThat(caller.chat(Optional.of(stage.token(ANALYST)))).isEqualTo(403);
        assertThat(caller.chat(Optional.of(stage.token("scientist@example.com"))))
                .isEqualTo(200);
        assertThat(podsOf("policy")).isEqualTo(pods);
    }

    @Test
    void whatSomebodySpoilsIsRepaired() {
        // given
        stage.applyChat("repair", "ml-analysts-qa");
        stage.awaitReady("repair");
        var caller = stage.caller("repair");
        var token = stage.token(ANALYST);
        assertThat(caller.chat(Optional.of(token))).isEqualTo(200);
        // when somebody takes the binding away by hand
        var identity = Objects.requireNonNull(stage.status("repair").identity());
        var member = "serviceAccount:" + identity.serviceAccount();
        var policies = stage.platform().sandbox().cloud().state().policies();
        policies.revoke("projects/" + Stage.PROJECT, String.valueOf(identity.role()), member);
        // then the model is out of reach, until the operator has put it back
        await().atMost(Platform.LONG).until(() -> caller.chat(Optional.of(token)) == 403);
        await().atMost(Platform.LONG).until(() -> caller.chat(Optional.of(token)) == 200);
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(stage.status("repair").drift())
                        .anySatisfy(drift -> assertThat(drift.revertedAt()).isNotNull()));
        // and an object of the gateway that somebody edits is put back too
        var service = stage.platform()
                .client()
                .services()
                .inNamespace(stage.gateways())
                .withName(String.valueOf(stage.gateway("repair").name()));
        service.edit(found -> {
            found.getSpec().getSelector().put(Labels.ENDPOINT_NAME, "other");
            return found;
        });
        await().atMost(Platform.LONG)
                .until(() ->
                        "repair".equals(service.get().getSpec().getSelector().get(Labels.ENDPOINT_NAME)));
    }

    @Test
    void aRejectedEditKeepsServingAndIsStillHealed() {
        // given
        stage.applyChat("rejected", "ml-analysts-qa");
        stage.awaitReady("rejected");
        var caller = stage.caller("rejected");
        // when the team writes an expression that does not compile
        var endpoint = stage.endpoint("rejected").orElseThrow();
        stage.platform()
                .client()
                .resource(endpoint)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"contract\":{\"access\":{\"roles\":[{\"name\":\"analyst\","
                                + "\"when\":\"nonsense(\",\"actions\":[\"Predict\"]}]}}}}");
        stage.awaitReason("rejected", ConditionType.Accepted, "InvalidExpression");
        // then what was accepted serves on, and the status says of which generation it speaks
        assertThat(caller.chat(Optional.of(stage.token(ANALYST)))).isEqualTo(200);
        var rejected = stage.endpoint("rejected").orElseThrow();
        assertThat(rejected.getStatus().observedGeneration())
                .isEqualTo(rejected.getMetadata().getGeneration());
        assertThat(stage.condition("rejected", ConditionType.Stalled)).isPresent();
        // and it is still healed
        var policy = stage.platform()
                .client()
                .configMaps()
                .inNamespace(stage.gateways())
                .withName(String.valueOf(stage.gateway("rejected").name()));
        policy.delete();
        await().atMost(Platform.LONG).until(() -> policy.get() != null);
        assertThat(policy.get().getData().get("policy.json")).doesNotContain("nonsense");
    }

    @Test
    void theAutoscalerTakesOverTheReplicasThatStand() {
        // given two replicas of our own
        stage.applyChat("scaled", "ml-analysts-qa");
        scale(2, 2);
        var deployment = stage.platform().client().apps().deployments().inNamespace(stage.gateways());
        var name = String.valueOf(stage.gateway("scaled").name());
        await().atMost(Platform.LONG)
                .until(() -> deployment.withName(name).get().getSpec().getReplicas() == 2);
        // when more are allowed
        scale(2, 4);
        // then the autoscaler has the word, and none was lost on the way
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(stage.platform()
                                .client()
                                .autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(stage.gateways())
                                .withName(name)
                                .get())
                        .isNotNull());
        stage.awaitReady("scaled");
        assertThat(deployment.withName(name).get().getSpec().getReplicas()).isEqualTo(2);
        stage.delete("scaled");
        stage.awaitGone("scaled");
    }

    private void scale(int min, int max) {
        stage.platform()
                .client()
                .resource(stage.endpoint("scaled").orElseThrow())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"placement\":{\"gateway\":{\"minReplicas\":%d,\"maxReplicas\":%d}}}}"
                                .formatted(min, max));
        stage.awaitReady("scaled");
    }

    @Test
    void deletionLeavesNothingBehind() {
        // given
        stage.applyChat("leaving", "ml-analysts-qa");
        stage.awaitReady("leaving");
        var account = String.valueOf(
                Objects.requireNonNull(stage.status("leaving").identity()).serviceAccount());
        // when
        var begun = Instant.now();
        stage.delete("leaving");
        stage.awaitGone("leaving");
        // then
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(60));
        var client = stage.platform().client();
        await().atMost(Platform.LONG).untilAsserted(() -> {
            for (var kind : List.of("pods", "services", "configmaps", "secrets", "serviceaccounts")) {
                assertThat(stage.platform()
                                .sandbox()
                                .cluster()
                                .kubectl(
                                        "get",
                                        kind,
                                        "-n",
                                        stage.gateways(),
                                        "-l",
                                        Labels.ENDPOINT_NAME + "=leaving",
                                        "-o",
                                        "name")
                                .orThrow())
                        .doesNotContain("leaving");
            }
        });
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(stage.gateways())
                        .withLabel(Labels.ENDPOINT_NAME, "leaving")
                        .list()
                        .getItems())
                .isEmpty();
        var state = stage.platform().sandbox().cloud().state();
        assertThat(state.accounts().find("projects/" + Stage.PROJECT + "/serviceAccounts/" + account))
                .isEmpty();
        assertThat(state.policies().current("projects/" + Stage.PROJECT).toString())
                .doesNotContain(account);
    }

    private List<String> podsOf(String endpoint) {
        return stage.gatewayPods().stream()
                .filter(pod -> endpoint.equals(pod.getMetadata().getLabels().get(Labels.ENDPOINT_NAME)))
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }
}
