package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A gateway is proven by tokens of the cluster's own issuer, and by the contract's canary; only that one is let through. */
@SandboxTest
final class ProofIT {

    private final Stage stage;

    ProofIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "proof");
    }

    @Test
    void readyRestsOnAllProbesAndTheCanary() {
        // given a contract with a canary
        apply("canary", "how are you");
        stage.awaitReady("canary");

        // then
        assertThat(stage.condition("canary", ConditionType.PolicyEnforced).map(Condition::message))
                .hasValueSatisfying(message -> assertThat(message).endsWith("the canary was answered"));
        assertThat(stage.platform().sandbox().cloud().predictions().received().toString())
                .contains("how are you");
        assertThat(stage.status("canary").identity()).satisfies(identity -> {
            assertThat(identity.missingPermissions()).isEmpty();
            assertThat(identity.excessPermissions()).isEmpty();
        });
        // with the version that the model says it is, beside the contract that names no version
        assertThat(stage.status("canary").endpoint())
                .satisfies(endpoint -> assertThat(endpoint.modelVersion()).isEqualTo("gemini-2.5-flash"));
        // and the verifier, who is nobody in the contract, gets nothing but the canary
        var identity = "verifier-" + stage.name();
        var token = stage.platform()
                .sandbox()
                .cluster()
                .kubectl(
                        "create",
                        "token",
                        identity,
                        "-n",
                        Platform.SYSTEM,
                        "--audience",
                        "secureprediction.dev/verify/acme/" + stage.name())
                .orThrow()
                .strip();
        assertThat(stage.caller("canary").chat(Optional.of(token))).isEqualTo(403);
    }

    @Test
    void aCanaryThatIsRefusedIsNotReady() {
        // when the canary is not what the model takes
        apply("sick", "");

        // then
        stage.awaitReason("sick", ConditionType.PolicyEnforced, "ProbeFailed");
        await().atMost(Platform.LONG)
                .until(() -> stage.condition("sick", ConditionType.PolicyEnforced)
                        .filter(found -> found.message().contains("canary"))
                        .isPresent());
    }

    private void apply(String name, String text) {
        var parts = text.isEmpty() ? "[]" : "[{role: user, parts: [{text: %s}]}]".formatted(text);
        stage.platform().apply("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: %s, namespace: %s}
                spec:
                  environmentRef: {name: %s}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access:
                      roles:
                      - name: analyst
                        when: bindings.analysts in claims.groups
                        actions: [Predict, Stream]
                    verification:
                      probeIntervalSeconds: 10
                      canary: {surface: GeminiGenerate, body: {contents: %s}}
                  placement:
                    bindings: {analysts: ml-analysts-qa}
                  deletionPolicy: Delete
                """.formatted(name, stage.team(), stage.name(), parts));
    }
}
