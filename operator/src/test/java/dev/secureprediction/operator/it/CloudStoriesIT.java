package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.GoogleCloud;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Somebody changes in Google Cloud what an endpoint rests on; each story begins where the one before ended. */
@SandboxTest
@TestMethodOrder(OrderAnnotation.class)
final class CloudStoriesIT {

    private static final String MALLORY = "user:mallory@example.com";

    private final Stage stage;
    private final GoogleCloud cloud;

    CloudStoriesIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "cloudy");
        cloud = sandbox.cloud();
    }

    @Test
    @Order(1)
    void whoIsAddedToOurRoleIsTakenOutAgainAndThatIsTold() {
        // given
        stage.applyChurn("churn");
        stage.awaitReady("churn");
        // when
        addMallory();
        // then within the interval it is gone, and was told as drift and as an event
        await().atMost(Platform.LONG).until(() -> !isIn());
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(stage.status("churn").drift()).anySatisfy(drift -> {
                    assertThat(drift.toString()).contains("mallory");
                    assertThat(drift.revertedAt()).isNotNull();
                }));
        await().atMost(Platform.LONG).until(() -> isEvent("DriftCorrected"));
    }

    @Test
    @Order(2)
    void whileObservingItIsReportedAndStays() {
        // given
        patchEnvironment("{\"managementPolicy\":\"Observe\"}");
        stage.awaitReason("churn", ConditionType.Paused, "Observing");
        // when
        addMallory();
        // then
        stage.awaitReason("churn", ConditionType.Drifted, "OutOfBandChange");
        assertThat(Objects.requireNonNull(stage.status("churn").plan()).changes())
                .anyMatch(change -> change.contains("mallory"));
        assertThat(isIn()).isTrue();
        // and enforcing again takes it out
        patchEnvironment("{\"managementPolicy\":\"Enforce\"}");
        await().atMost(Platform.LONG).until(() -> !isIn());
        stage.awaitReady("churn");
        stage.delete("churn");
        stage.awaitGone("churn");
    }

    private void addMallory() {
        cloud.state().policies().grant(name(), role(), MALLORY);
    }

    private boolean isIn() {
        return cloud.state().policies().current(name()).toString().contains("mallory");
    }

    private boolean isEvent(String reason) {
        return stage.platform().client().v1().events().inNamespace(stage.team()).list().getItems().stream()
                .anyMatch(event ->
                        reason.equals(event.getReason()) && event.getMessage().contains("mallory"));
    }

    private String role() {
        return String.valueOf(
                Objects.requireNonNull(stage.status("churn").identity()).role());
    }

    private String name() {
        return String.valueOf(
                Objects.requireNonNull(stage.status("churn").endpoint()).name());
    }

    private void patchEnvironment(String spec) {
        stage.platform()
                .client()
                .resource(stage.environment().orElseThrow())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }
}
