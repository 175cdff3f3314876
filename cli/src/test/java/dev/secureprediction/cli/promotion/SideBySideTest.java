package dev.secureprediction.cli.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody asks what is where, and pastes it into a pull request. */
final class SideBySideTest {

    private static final String DIGEST = "v1:3f9c2a17";

    @Test
    void anApplicationIsShownAlongItsChain() {
        var table = table(Optional.empty());

        assertThat(SideBySideText.TEXT.of(table).lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("APPLICATION"),
                        qa -> assertThat(qa).contains("support/chat", " qa ", "ml-analysts-qa"),
                        production -> assertThat(production)
                                .contains("production", "v1:3f9c2a17 (pending)", "Behind", "2026-11-20"),
                        differs -> assertThat(differs)
                                .isEqualTo("production team-production/chat differs at contract.timeouts"),
                        waits -> assertThat(waits)
                                .isEqualTo(
                                        "production team-production/chat is not Ready: AwaitingPromotion: not verified in 'qa'"));
    }

    @Test
    void aPullRequestGetsATableAndAMachineGetsJson() {
        var table = table(Optional.of("chat"));

        assertThat(SideBySideText.MARKDOWN.of(table))
                .startsWith("| APPLICATION | ENVIRONMENT |")
                .contains("\n| --- |");
        assertThat(SideBySideText.JSON.of(table)).contains("\"environment\" : \"qa\"", "\"differs\"");
        assertThat(table(Optional.of("other")).rows()).isEmpty();
        assertThat(SideBySideText.YAML.of(table)).contains("environment: \"qa\"", "differs:");
    }

    private static SideBySide table(Optional<String> application) {
        var qa = environment("qa", "");
        var production = environment("production", "  promotesFrom: {environment: qa}\n");
        return SideBySide.of(
                List.of(production, qa),
                List.of(endpoint("production", """
                                status:
                                  admittedContractDigest: %s
                                  consistency: {state: Behind, differingPaths: [contract.timeouts]}
                                  conditions:
                                  - {type: Ready, status: "False", reason: AwaitingPromotion, message: not verified in 'qa', lastTransitionTime: "2026-11-21T12:00:00Z"}
                                  - {type: Consistent, status: "True", reason: Behind, message: "", lastTransitionTime: "2026-11-20T12:00:00Z"}
                                """.formatted(DIGEST)), endpoint("qa", """
                                status:
                                  conditions:
                                  - {type: Ready, status: "True", reason: AllReady, message: "", lastTransitionTime: "2026-11-21T12:00:00Z"}
                                """)),
                Map.of(
                        "team-qa", Map.of("secureprediction.dev/team", "support"),
                        "team-production", Map.of("secureprediction.dev/team", "support")),
                application);
    }

    private static PredictionEnvironment environment(String name, String more) {
        return read("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: PredictionEnvironment
                metadata: {name: %s}
                spec:
                  gatewayNamespace: gateways
                """.formatted(name) + more, PredictionEnvironment.class);
    }

    private static SecurePredictionEndpoint endpoint(String environment, String status) {
        return read("""
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: chat, namespace: team-%1$s}
                spec:
                  environmentRef: {name: %1$s}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access: {roles: [{name: a, when: "true", actions: [Predict]}]}
                  placement: {bindings: {analysts: ml-analysts-%1$s}}
                """.formatted(environment) + status, SecurePredictionEndpoint.class);
    }

    private static <T> T read(String yaml, Class<T> type) {
        return new KubernetesSerialization().unmarshal(yaml, type);
    }
}
