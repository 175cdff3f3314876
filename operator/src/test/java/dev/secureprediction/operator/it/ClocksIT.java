package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.cloud.vertex.OperationKind;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows of docs/reliability.md in which minutes pass, and those in which clocks are wrong. The clocks are moved, nobody waits. */
final class ClocksIT {

    /** A sandbox of its own, since its cloud's time does not go back. */
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.alone();

    private static final String ANALYST = "analyst@example.com";

    private final Stage stage;
    private final Sandbox sandbox;
    private final GoogleCloud cloud;
    private final ShiftedOperator operator;
    private Duration passed = Duration.ZERO;

    ClocksIT(Sandbox sandbox) {
        this.sandbox = sandbox;
        cloud = sandbox.cloud();
        operator = ShiftedOperator.installed(sandbox);
        stage = Stage.set(sandbox, "clocks");
        stage.applyChat("steady", "ml-analysts-qa");
        stage.awaitReady("steady");
    }

    @AfterEach
    void nothingFailsAnyMore() {
        cloud.faults().reset();
        cloud.state().operations().takeUsual();
    }

    @Test
    void aModelTakesFortyMinutesToDeploy() {
        // given a model that takes forty minutes to deploy
        cloud.state().operations().takes(OperationKind.DEPLOY_MODEL, Duration.ofMinutes(40));
        var begin = cloud.state().clock().instant();
        stage.applyChurnWithCanary("slow", "17", "9f2c41d07be85a63");
        stage.awaitReason("slow", ConditionType.EndpointReady, "DeployingModel");
        var operation = operation("slow");
        assertThat(operation).contains("/operations/");

        // when 39 of them have passed, and it was looked at since
        pass(Duration.ofMinutes(39));
        var since = cloud.state().clock().instant();
        await().atMost(Platform.LONG).until(() -> calls("GetOperation", since, Code.OK) > 1);

        // then it is waited for, by its name, and nothing is wrong
        assertThat(operation("slow")).isEqualTo(operation);
        assertThat(stage.condition("slow", ConditionType.EndpointReady)
                        .orElseThrow()
                        .reason())
                .isEqualTo("DeployingModel");
        assertThat(stage.condition("slow", ConditionType.Stalled)).isEmpty();
        // nor is a gateway suspected whose model cannot answer yet
        stage.awaitReason("slow", ConditionType.PolicyEnforced, "NotProbedYet");
        assertThat(calls("Predict", begin, Code.NOT_FOUND)).isZero();
        serves("steady");

        // and when it is done the endpoint serves, by the one deployment
        pass(Duration.ofMinutes(2));
        stage.awaitReady("slow");
        assertThat(calls("DeployModel", begin, Code.OK)).isEqualTo(1);
    }

    @Test
    void aGrantIsSeenAfterTwoMinutes() {
        // given Google shows a changed policy after two minutes only
        cloud.faults().propagationDelay(Duration.ofMinutes(2));
        var asked = cloud.state().clock().instant();
        stage.applyChat("late", "ml-analysts-qa");
        await().atMost(Platform.LONG).until(() -> calls("SetIamPolicy", asked, Code.OK) == 2);

        // when most of that has passed
        pass(Duration.ofSeconds(100));
        // its gateway asks for a token of its account, in vain
        var later = cloud.state().clock().instant();
        await().atMost(Platform.LONG).until(() -> calls("GenerateAccessToken", later, Code.PERMISSION_DENIED) > 0);

        // then the endpoint is not Ready, and is not given up either; others do not notice
        assertThat(Conditions.isTrue(stage.status("late").conditions(), ConditionType.Ready))
                .isFalse();
        assertThat(stage.condition("late", ConditionType.Stalled)).isEmpty();
        serves("steady");

        // and when the rest has passed it serves
        pass(Duration.ofSeconds(30));
        stage.awaitReady("late");
        serves("late");
    }

    @Test
    void anOperatorWhoseClockIsWrongDoesItsWork() {
        for (var wrong : new Duration[] {Duration.ofMinutes(5), Duration.ofMinutes(-5)}) {
            // given a clock that is set while the operator works
            operator.shift(passed.plus(wrong));
            var name = wrong.isNegative() ? "behind" : "ahead";

            // when something is made, and something else changed
            stage.applyChat(name, "ml-analysts-qa");
            stage.applyChat("steady", wrong.isNegative() ? "ml-analysts-qa" : "ml-scientists-qa");
            stage.awaitReady(name);
            stage.awaitReady("steady");

            // then it serves, by a certificate that is valid for callers whose clock is right
            serves(name);
        }
        serves("steady");
    }

    @Test
    void anOperatorWhoseClockIsSetByAnHourCondemnsNoGateway() {
        // given gateways that were proven by tokens that are good still
        var pods = stage.gatewayPods().size();

        // when the operator's clock jumps, and its tokens seem to have expired
        operator.shift(passed.plus(Duration.ofHours(1)));
        for (var group : new String[] {"ml-scientists-qa", "ml-analysts-qa"}) {
            stage.applyChat("steady", group);
            stage.awaitReady("steady");
        }

        // then gateways that take them are sound
        assertThat(stage.gatewayPods())
                .hasSize(pods)
                .allSatisfy(pod -> assertThat(pod.getMetadata().getLabels()).containsKey(Labels.SERVING));
        serves("steady");
    }

    /** Callers' tokens are of the issuer's clock. */
    @Test
    void tokensOfAnIssuerWhoseClockIsAheadAreTakenWithinAMinute() {
        var caller = stage.caller("steady");
        assertThat(caller.chat(Optional.of(issued(Duration.ofSeconds(30))))).isEqualTo(200);
        assertThat(caller.chat(Optional.of(issued(Duration.ofMinutes(5))))).isEqualTo(401);
    }

    private String issued(Duration ahead) {
        var time = Instant.now().plus(ahead);
        return sandbox.issuer()
                .newToken()
                .subject(ANALYST)
                .claim("groups", List.of("ml-analysts-qa"))
                .audience(Stage.AUDIENCE)
                .issuedAt(time)
                .expiresAt(time.plus(Duration.ofMinutes(10)))
                .build();
    }

    private void serves(String endpoint) {
        assertThat(stage.caller(endpoint).chat(Optional.of(stage.token(ANALYST))))
                .isEqualTo(200);
    }

    private String operation(String endpoint) {
        return String.valueOf(
                Objects.requireNonNull(stage.status(endpoint).endpoint()).pendingOperation());
    }

    /** Time passes for the operator and in Google's cloud; gateways have nothing to do with it. */
    private void pass(Duration time) {
        passed = passed.plus(time);
        cloud.state().clock().advance(time);
        operator.shift(passed);
    }

    private long calls(String method, Instant since, Code code) {
        return cloud.calls().since(since).stream()
                .filter(call -> call.simpleMethod().equals(method) && call.code() == code)
                .count();
    }
}
