package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.policy.audit.ChainFinding;
import dev.secureprediction.policy.audit.ChainHead;
import dev.secureprediction.policy.audit.ChainVerifier;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What an endpoint's resource says of serving and recording, from YAML to its gateway; callers are people and workloads. */
@SandboxTest
@TestInstance(Lifecycle.PER_CLASS) // its environment changes as it is made, which is not to happen between two tests
final class ServingIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = "Origin: https://app.example.com";

    private final Stage stage;

    ServingIT(Sandbox sandbox) {
        stage = Stage.set(sandbox, "serving");
        stage.platform().apply(environment(sandbox));
        stage.platform().apply(endpoint());
        stage.awaitReady("chat");
    }

    @Test
    void pagesAndDocumentsAreServedAsPlacedAndEveryCallIsRecordedInAChainThatTheOperatorWitnesses() {
        var caller = stage.caller("chat");
        var token = stage.token("analyst@example.com");

        // when a listed page asks, it may call; another may not
        assertThat(preflight(caller, PAGE))
                .startsWith("HTTP/1.1 204")
                .contains("access-control-allow-origin: https://app.example.com");
        assertThat(preflight(caller, "Origin: https://evil.example.com"))
                .startsWith("HTTP/1.1 401")
                .doesNotContain("access-control-allow-origin");

        // then who has a token reads how the endpoint is called, nobody else
        assertThat(caller.raw("GET /openapi.json HTTP/1.1")).startsWith("HTTP/1.1 401");
        assertThat(caller.raw("GET /openapi.json HTTP/1.1", "Authorization: Bearer " + token))
                .startsWith("HTTP/1.1 200")
                .contains("\"openapi\":\"3.1")
                .doesNotContain("analyst");
        assertThat(caller.raw("GET /docs HTTP/1.1", "Authorization: Bearer " + token))
                .startsWith("HTTP/1.1 200")
                .contains("swagger");

        // then the prompt is recorded as the environment bounds it: the contract asks for all, it gets a hash
        assertThat(caller.chat(Optional.of(token))).isEqualTo(200);
        await().atMost(Platform.LONG).until(() -> records("prompt").findAny().isPresent());
        assertThat(records("prompt"))
                .allSatisfy(record ->
                        assertThat(record.path("prompt").path("hash").asText()).startsWith("hmac-sha256:"));

        // then the operator has seen how far the log has come, and up to there it is whole
        await().atMost(Platform.LONG).until(() -> witnesses().stream().anyMatch(head -> head.sequence() >= lastCall()));
        assertThat(verified()).isEmpty();
    }

    @Test
    void aWorkloadOfTheClusterCallsWithItsOwnTokenAndNothingElse() {
        var caller = stage.caller("chat");

        // given the workload that the contract names, and another of its namespace
        assertThat(caller.chat(Optional.of(clusterToken("batch", "api://prediction-cluster"))))
                .isEqualTo(200);
        assertThat(caller.chat(Optional.of(clusterToken("other", "api://prediction-cluster"))))
                .isEqualTo(403);

        // then a token for somebody else's audience, as each pod has one for the API server, is no token
        assertThat(caller.chat(Optional.of(clusterToken("batch", ControlPlane.ISSUER))))
                .isEqualTo(401);
    }

    private static String preflight(Caller caller, String origin) {
        return caller.raw(
                "OPTIONS " + Caller.CHAT + " HTTP/1.1",
                origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type");
    }

    private String clusterToken(String account, String audience) {
        return stage.platform()
                .sandbox()
                .cluster()
                .kubectl("create", "token", account, "-n", stage.team(), "--audience", audience)
                .orThrow()
                .strip();
    }

    private List<ChainFinding> verified() {
        var verifier = new ChainVerifier();
        witnesses().forEach(verifier::witness);
        records("chain").forEach(record -> verifier.record("log", record));
        return verifier.findings();
    }

    private long lastCall() {
        return records("prompt")
                .toList()
                .getLast()
                .path("chain")
                .path("sequence")
                .asLong();
    }

    private Stream<JsonNode> records(String member) {
        return stage.gatewayPods().stream()
                .flatMap(this::lines)
                .map(line -> line.path("secureprediction"))
                .filter(record -> record.has(member));
    }

    /** What the operator wrote down of this gateway's pods. */
    private List<ChainHead> witnesses() {
        var pods = stage.gatewayPods().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
        return stage.platform().operatorPods().stream()
                .flatMap(this::lines)
                .map(line -> line.path("auditHead"))
                .filter(head -> pods.contains(head.path("pod").asText()))
                .map(head -> new ChainHead(
                        head.path("pod").asText(),
                        head.path("key").asText(),
                        head.path("publicKey").asText(),
                        head.path("sequence").asLong(),
                        head.path("hash").asText()))
                .toList();
    }

    private Stream<JsonNode> lines(Pod pod) {
        return stage.platform().client().pods().resource(pod).getLog().lines().flatMap(ServingIT::parse);
    }

    private static Stream<JsonNode> parse(String line) {
        try {
            return line.startsWith("{") ? Stream.of(JSON.readTree(line)) : Stream.empty();
        } catch (JsonProcessingException e) {
            return Stream.empty(); // what the JVM itself says
        }
    }

    private static String environment(Sandbox sandbox) {
        return Environments.environment(sandbox, "serving", Stage.AUDIENCE, """
                - name: cluster
                  url: %s
                  audiences: [api://prediction-cluster]
                  kubernetes: {}
                allow:
                - namespaces: {matchLabels: {stage: serving}}
                  models: ["publishers/google/models/gemini-*"]
                require:
                  audit: {onFailure: Drop, maxPrompts: Hash}
                gateway:
                  trustedProxies: [127.0.0.0/8]
                """.formatted(ControlPlane.ISSUER));
    }

    private static String endpoint() {
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: batch, namespace: serving-team}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: other, namespace: serving-team}
                ---
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: chat, namespace: serving-team}
                spec:
                  environmentRef: {name: serving}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access:
                      roles:
                      - name: analyst
                        issuers: [okta]
                        when: bindings.analysts in claims.groups
                        actions: [Predict, Stream]
                      - name: batch
                        issuers: [cluster]
                        when: claims.subject == "system:serviceaccount:serving-team:batch"
                        actions: [Predict]
                    audit: {prompts: Full}
                    verification: {probeIntervalSeconds: 10}
                  placement:
                    bindings: {analysts: ml-analysts-qa}
                    exposure:
                      cors: {origins: ["https://app.example.com"]}
                      docs: true
                  deletionPolicy: Delete
                """;
    }
}
