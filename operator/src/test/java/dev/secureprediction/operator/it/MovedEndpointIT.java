package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.aiplatform.v1.Endpoint;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An edit that points elsewhere takes access away where it was; deletion knows of both places. */
@SandboxTest
final class MovedEndpointIT {

    private static final String ROLE = "projects/" + Stage.PROJECT + "/roles/securePredictionInvoker";
    private static final String ENDPOINTS =
            "projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION + "/endpoints/";

    private final Sandbox sandbox;
    private final Stage stage;

    MovedEndpointIT(Sandbox sandbox) {
        this.sandbox = sandbox;
        stage = Stage.set(sandbox, "moved");
        stage.platform().apply(Environments.environment(sandbox, "moved", Stage.AUDIENCE, """
                allow:
                - namespaces: {matchLabels: {stage: moved}}
                  models: [fraud]
                  endpointIDs: [scores-a, scores-b]
                drift: {intervalSeconds: 10}
                """));
    }

    @Test
    void accessGoesWithTheEdit() {
        // given two endpoints of somebody else's, with bindings of theirs
        for (var id : List.of("scores-a", "scores-b")) {
            sandbox.cloud()
                    .state()
                    .endpoints()
                    .create(
                            "projects/" + Stage.PROJECT + "/locations/" + Stage.LOCATION,
                            id,
                            Endpoint.newBuilder().setDisplayName(id).build());
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> sandbox.cloud()
                            .state()
                            .endpoints()
                            .find(ENDPOINTS + id)
                            .isPresent());
            sandbox.cloud().state().policies().grant(ENDPOINTS + id, ROLE, "user:owner@example.com");
        }
        applyScores("scores-a");
        stage.awaitReady("scores");
        assertThat(invokers("scores-a")).hasSize(2);

        // when
        applyScores("scores-b");
        stage.awaitReady("scores");

        // then
        assertThat(invokers("scores-b")).hasSize(2);
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(invokers("scores-a")).containsExactly("user:owner@example.com"));

        // when it goes
        stage.delete("scores");
        stage.awaitGone("scores");

        // then what is theirs is as it was
        for (var id : List.of("scores-a", "scores-b")) {
            assertThat(invokers(id)).containsExactly("user:owner@example.com");
        }
    }

    private List<String> invokers(String endpointId) {
        return sandbox.cloud().state().policies().current(ENDPOINTS + endpointId).getBindingsList().stream()
                .filter(binding -> binding.getRole().equals(ROLE))
                .flatMap(binding -> binding.getMembersList().stream())
                .toList();
    }

    private void applyScores(String endpointId) {
        stage.platform().apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: scores, namespace: %s}
                spec:
                  environmentRef: {name: moved}
                  contract:
                    model: {existing: {name: fraud}}
                    access:
                      roles:
                      - name: analyst
                        when: bindings.analysts in claims.groups
                        actions: [Predict]
                  placement:
                    bindings: {analysts: ml-analysts-qa}
                    endpoint: {id: %s}
                  deletionPolicy: Delete
                """.formatted(stage.team(), endpointId));
    }
}
