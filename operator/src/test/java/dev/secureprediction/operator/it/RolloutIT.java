package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import dev.secureprediction.operator.api.v1alpha1.status.RolloutStatus;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The platform team edits an environment under three endpoints that serve; one of them gets the edit at a time. */
@SandboxTest
final class RolloutIT {

    private static final List<String> ALL = List.of("alpha", "beta", "gamma");
    private static final String SOUND = "registry.example.com/secure-prediction/spe-gateway:0.1.0";

    private final Stage stage;

    RolloutIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "rollout");
    }

    @Test
    void anEditStopsAtTheFirstEndpointThatItBreaksAndWhatIsTakenAwayHoldsForAll() {
        // given three endpoints by one edition, whose issuer's tokens are taken for two audiences
        patch("{\"rollout\":{\"maxParallelPercent\":1},\"issuers\":" + issuers("\"api://prediction-qa\",\"api://old\"")
                + "}");
        ALL.forEach(endpoint -> stage.applyChat(endpoint, "ml-analysts-qa"));
        ALL.forEach(stage::awaitReady);
        awaitRollout("AllUpdated", 3, 0);
        var first = rollout().revision();
        assertThat(ALL).extracting(this::revision).containsOnly(first);
        var old = Optional.of(stage.platform().sandbox().issuer().token("analyst@example.com", "api://old"));
        assertThat(stage.caller("gamma").chat(old)).isEqualTo(200);

        // when an image is named that nobody can pull
        patch("{\"gateway\":{\"image\":\"registry.example.com/nothing:1\"}}");

        // then one endpoint has it, nothing is down, and the environment says where it stands
        stage.awaitReason("alpha", ConditionType.GatewayReady, "GatewayStarting");
        awaitRollout("", 1, 2);
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(rollout().reason()).contains("rollout-team/alpha"));
        assertThat(revision("alpha")).isEqualTo(rollout().revision()).isNotEqualTo(first);
        assertThat(revision("beta")).isEqualTo(first);
        assertThat(revision("gamma")).isEqualTo(first);
        assertThat(images("beta", "gamma")).containsOnly(SOUND);
        var current = Optional.of(stage.token("analyst@example.com"));
        assertThat(ALL)
                .allSatisfy(endpoint ->
                        assertThat(stage.caller(endpoint).chat(current)).isEqualTo(200));

        // when an audience is taken away meanwhile, then those who wait do not accept it any more either
        patch("{\"issuers\":" + issuers("\"api://prediction-qa\"") + "}");
        await().atMost(Platform.LONG).until(() -> stage.caller("gamma").chat(old) == 401);
        await().atMost(Platform.LONG).until(() -> stage.caller("beta").chat(old) == 401);
        assertThat(images("beta", "gamma")).containsOnly(SOUND);

        // and when the image is taken back, all is well again, and is told
        patch("{\"gateway\":{\"image\":\"" + SOUND + "\"}}");
        awaitRollout("AllUpdated", 3, 0);
        ALL.forEach(stage::awaitReady);
        assertThat(ALL).extracting(this::revision).containsOnly(rollout().revision());
        // with every edition that was in use kept where no team can reach it
        assertThat(stage.platform()
                        .client()
                        .resources(ControllerRevision.class)
                        .inNamespace(stage.gateways())
                        .list()
                        .getItems())
                .filteredOn(revision -> revision.getMetadata().getName().startsWith("environment-rollout-"))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    private String issuers(String audiences) {
        return "[{\"name\":\"okta\",\"url\":\"%s\",\"audiences\":[%s],\"claims\":{\"scopes\":\"scp\"}}]"
                .formatted(stage.platform().sandbox().issuer().url(), audiences);
    }

    private void patch(String spec) {
        stage.platform()
                .client()
                .resource(stage.environment().orElseThrow())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }

    /** Until the environment's status says so of its present generation; an empty reason is any. */
    private void awaitRollout(String reason, int updated, int waiting) {
        await().atMost(Platform.LONG).untilAsserted(() -> {
            var environment = stage.environment().orElseThrow();
            var status = Objects.requireNonNull(environment.getStatus());
            assertThat(status.observedGeneration())
                    .isEqualTo(environment.getMetadata().getGeneration());
            var condition = Conditions.find(status.conditions(), ConditionType.RolledOut);
            assertThat(condition.map(Condition::reason).orElse("none")).contains(reason);
            assertThat(rollout().updated()).as("%s", condition).isEqualTo(updated);
            assertThat(rollout().waiting()).as("%s", condition).isEqualTo(waiting);
        });
    }

    private RolloutStatus rollout() {
        var status = stage.environment().orElseThrow().getStatus();
        return Objects.requireNonNull(
                Optional.ofNullable(status).map(EnvironmentStatus::rollout).orElse(null), "no rollout in status");
    }

    private String revision(String endpoint) {
        return String.valueOf(stage.status(endpoint).environmentRevision());
    }

    private List<String> images(String... endpoints) {
        return List.of(endpoints).stream()
                .map(endpoint -> String.valueOf(stage.gateway(endpoint).image()))
                .toList();
    }
}
