package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.vertex.OperationKind;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The operator crashes, is away, hands over, or is bypassed; nobody else needs it meanwhile. */
@SandboxTest
@Isolated
final class OperatorFailureIT {

    private final Stage stage;
    private final Platform platform;

    OperatorFailureIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "failure");
        platform = stage.platform();
    }

    @AfterEach
    void oneOperatorAgain() {
        platform.scaleOperator(1);
    }

    @Test
    void aCrashInTheMiddleOfADeployDeploysNothingTwice() {
        // given a deploy that takes a while
        var cloud = platform.sandbox().cloud();
        var since = cloud.state().clock().instant();
        cloud.state().operations().takes(OperationKind.DEPLOY_MODEL, Duration.ofSeconds(10));
        stage.applyChurn("crash");
        stage.awaitReason("crash", ConditionType.EndpointReady, "DeployingModel");
        // when
        platform.killOperator();
        // then
        stage.awaitReady("crash");
        assertThat(cloud.calls().since(since))
                .filteredOn(call -> call.simpleMethod().equals("CreateEndpoint"))
                .hasSize(1);
        assertThat(cloud.calls().since(since))
                .filteredOn(call -> call.simpleMethod().equals("DeployModel"))
                .hasSize(1);
        assertThat(Objects.requireNonNull(stage.status("crash").endpoint()).modelVersion())
                .isEqualTo("17");
        // and all of it goes again
        cloud.state().operations().takes(OperationKind.DEPLOY_MODEL, Duration.ofSeconds(2));
        stage.delete("crash");
        stage.awaitGone("crash");
        assertThat(cloud.state().endpoints().list("projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION, ""))
                .noneMatch(endpoint -> endpoint.toString().contains("failure-team"));
    }

    @Test
    void gatewaysRestartAndServeWithoutTheOperator() {
        // given
        stage.applyChat("alone", "ml-analysts-qa");
        stage.awaitReady("alone");
        var caller = stage.caller("alone");
        var before = podsOf("alone");
        // when the operator is away and the pod is lost
        platform.scaleOperator(0);
        stage.gatewayPods().stream()
                .filter(OperatorFailureIT::isAlone)
                .forEach(pod -> platform.client().resource(pod).delete());
        platform.sandbox().issuer().rotate();
        // then another one serves, with the issuer's new key
        await().atMost(Platform.LONG).until(() -> podsOf("alone").stream().noneMatch(before::contains));
        await().atMost(Platform.LONG).until(() -> caller.chat(Optional.of(stage.token("analyst@example.com"))) == 200);
    }

    @Test
    void leadershipIsHandedOverInSeconds() {
        // given two replicas
        platform.scaleOperator(2);
        var leader = platform.leader();
        // when the leader is asked to end
        platform.operatorPods().stream()
                .filter(pod -> leader.startsWith(pod.getMetadata().getName()))
                .forEach(pod -> platform.processes(pod).forEach(ProcessHandle::destroy));
        var asked = Instant.now();
        // then
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(12)) // a lease that runs out takes 15
                .until(() -> !platform.leader().isEmpty() && !platform.leader().equals(leader));
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void whatAForcedDeletionLeavesIsFound() {
        // given
        stage.applyChat("forced", "ml-analysts-qa");
        stage.awaitReady("forced");
        var account = String.valueOf(
                Objects.requireNonNull(stage.status("forced").identity()).serviceAccount());
        // when somebody removes finalizer and resource while the operator is away
        platform.scaleOperator(0);
        stage.delete("forced");
        platform.client()
                .resources(SecurePredictionEndpoint.class)
                .inNamespace(stage.team())
                .withName("forced")
                .edit(endpoint -> {
                    endpoint.getMetadata().getFinalizers().clear();
                    return endpoint;
                });
        stage.awaitGone("forced");
        platform.scaleOperator(1);
        // then
        await().atMost(Platform.LONG).until(() -> podsOf("forced").isEmpty());
        await().atMost(Platform.LONG)
                .until(() -> platform.sandbox()
                        .cloud()
                        .state()
                        .accounts()
                        .find("projects/" + Stage.PROJECT + "/serviceAccounts/" + account)
                        .isEmpty());
    }

    private Set<String> podsOf(String endpoint) {
        return stage.gatewayPods().stream()
                .filter(pod -> endpoint.equals(pod.getMetadata().getLabels().get(Labels.ENDPOINT_NAME)))
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static boolean isAlone(Pod pod) {
        return "alone".equals(pod.getMetadata().getLabels().get(Labels.ENDPOINT_NAME));
    }
}
