package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Rows of docs/reliability.md: what fails, what stays serving, what status says, how it heals. */
@SandboxTest
@Isolated
final class FaultMatrixIT {

    private static final String ANALYST = "analyst@example.com";
    private static final String PROJECT = "projects/" + Stage.PROJECT;

    private final Stage stage;
    private final Sandbox sandbox;
    private final GoogleCloud cloud;

    FaultMatrixIT(Sandbox sandbox) {
        this.sandbox = sandbox;
        stage = Stage.set(sandbox, "faults");
        cloud = sandbox.cloud();
        stage.applyChat("steady", "ml-analysts-qa");
        stage.awaitReady("steady");
    }

    @AfterEach
    void nothingFailsAnyMore() {
        cloud.faults().reset();
    }

    @Test
    void theApiServerRestartsAndThenEtcdIsSlow() throws InterruptedException {
        // given somebody who calls all the time
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        var caller = stage.caller("steady");
        var token = stage.token(ANALYST);
        Thread calling = Thread.startVirtualThread(() -> {
            while (!over.get()) {
                answers.merge(caller.chat(Optional.of(token)), 1, Integer::sum);
            }
        });
        var since = cloud.state().clock().instant();

        // when the API server restarts, which ends all watches
        sandbox.cluster().restartApiServer();
        // then a change is made as before
        stage.applyChat("steady", "ml-scientists-qa");
        stage.awaitReady("steady");

        // and when etcd does not answer for a while
        sandbox.cluster().holdEtcd();
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
        sandbox.cluster().releaseEtcd();
        stage.applyChat("steady", "ml-analysts-qa");
        stage.awaitReady("steady");
        over.set(true);
        calling.join();

        // then nobody lost a call but by the changes themselves, and Google was not bothered
        assertThat(answers.keySet()).isSubsetOf(200, 403);
        assertThat(cloud.calls().mutatingSince(since))
                .noneMatch(call -> call.principal().contains("spe-operator@" + Stage.PROJECT));
    }

    @Test
    void googleFailsAndForgetsAndIsSlowToShowWhatWasDone() {
        // when Google answers with errors of every kind while something is made, and shows policies late
        cloud.faults().fail("GetRole", Code.INTERNAL, 2);
        cloud.faults().fail("CreateServiceAccount", Code.UNAVAILABLE, 1);
        cloud.faults().fail("SetIamPolicy", Code.ABORTED, 2);
        cloud.faults().fail("GetIamPolicy", Code.RESOURCE_EXHAUSTED, 1);
        cloud.faults().propagationDelay(Duration.ofSeconds(6));
        stage.applyChat("late", "ml-analysts-qa");

        // then it is made all the same, once, and is not Ready before its calls go through
        stage.awaitReady("late");
        assertThat(stage.caller("late").chat(Optional.of(stage.token(ANALYST)))).isEqualTo(200);
        assertThat(cloud.calls().of("CreateServiceAccount"))
                .filteredOn(call -> call.code() == Code.OK && call.principal().contains(Stage.PROJECT))
                .isNotEmpty();
    }

    @Test
    void aPermissionLostInTheMiddleIsNamedAndNobodyIsLockedOut() {
        var role = PROJECT + "/roles/securePredictionOperator";
        var operator = "serviceAccount:spe-operator@" + Stage.PROJECT + ".iam.gserviceaccount.com";

        // when the platform team takes the operator's role away
        cloud.state().policies().revoke(PROJECT, role, operator);

        // then status names permission and line, and calls are answered
        stage.awaitReason("steady", ConditionType.IdentityReady, "PermissionDenied");
        assertThat(stage.condition("steady", ConditionType.Stalled)
                        .map(found -> found.message())
                        .orElse(""))
                .contains("gcloud iam roles update");
        assertThat(stage.caller("steady").chat(Optional.of(stage.token(ANALYST))))
                .isEqualTo(200);

        // and it heals once it is granted again
        cloud.state().policies().grant(PROJECT, role, operator);
        stage.awaitReady("steady");
    }

    @Test
    void whileGoogleDoesNotAnswerWhatWasTrueStaysTrue() {
        cloud.faults().fail("GetServiceAccount", Code.UNAVAILABLE, 1_000);
        var since = cloud.state().clock().instant();
        await().atMost(Platform.LONG)
                .until(() -> cloud.calls().since(since).stream()
                                .filter(call -> call.simpleMethod().equals("GetServiceAccount")
                                        && call.code() == Code.UNAVAILABLE)
                                .count()
                        >= 3);
        assertThat(Conditions.isTrue(stage.status("steady").conditions(), ConditionType.Ready))
                .isTrue();
        assertThat(stage.caller("steady").chat(Optional.of(stage.token(ANALYST))))
                .isEqualTo(200);
    }
}
