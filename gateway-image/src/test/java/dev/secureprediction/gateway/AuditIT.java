package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.audit.ChainFinding;
import dev.secureprediction.policy.audit.ChainHead;
import dev.secureprediction.policy.audit.ChainVerifier;
import dev.secureprediction.policy.model.AuditRules;
import dev.secureprediction.policy.model.AuditRules.OnFailure;
import dev.secureprediction.policy.model.AuditRules.Prompts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The audit log of a gateway as a process: what is in it, what is not, and what happens when it cannot be written. */
final class AuditIT {
    private static final String BODY = "{\"instances\":[{\"note\":\"canary-prompt-5f1c\"}]}";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static int predict(GatewayWorld world) {
        return world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY))
                .statusCode();
    }

    @Test
    void a94_theChainVerifiesUpToTheHeadOnTheAdminPortAndCanaryIsNowhere() throws Exception {
        Path folder = GatewayWorld.newFolder();
        Path file = folder.resolve("audit.log");
        try (GatewayWorld world =
                GatewayWorld.start(folder, Policies::churn, Map.of("SPE_AUDIT_FILE", file.toString()))) {
            // given calls that were served and calls that were refused
            String token = world.issuer().token("analyst@example.com", Policies.AUDIENCE);
            assertThat(predict(world)).isEqualTo(200);
            assertThat(world.send(world.postsWith(token + "x", GatewayWorld.endpointPath("predict"), BODY))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(world.send(world.postsWith(token, GatewayWorld.endpointPath("nothing"), BODY)
                                    .setHeader("x-request-id", "my-own-id"))
                            .statusCode())
                    .isEqualTo(404);

            // when a witness reads the head, and the gateway ends
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> world.gateway()
                                    .policy()
                                    .path("auditHead")
                                    .path("sequence")
                                    .asLong()
                            >= 3);
            JsonNode head = world.gateway().policy().path("auditHead");
            world.gateway().terminate();
            world.gateway().process().onExit().get(30, TimeUnit.SECONDS);

            // then the log holds one record per call and verifies; cut before what the witness saw, it does not
            List<JsonNode> log = world.gateway().auditLog();
            assertThat(world.gateway().audit()).hasSize(3);
            assertThat(log.getLast().path("kind").asText()).isEqualTo("closed");
            assertThat(findings(log, head)).isEmpty();
            assertThat(findings(log.subList(0, 2), head))
                    .extracting(ChainFinding::kind)
                    .containsExactly(ChainFinding.Kind.TRUNCATED);

            // and the file has the same lines
            assertThat(Files.readAllLines(file))
                    .hasSameSizeAs(log)
                    .allMatch(world.gateway().output()::contains);

            // and neither holds a token, a prompt or a credential (A94)
            assertThat(world.gateway().output() + Files.readString(file))
                    .doesNotContain(token.substring(0, token.indexOf('.')))
                    .doesNotContain(world.metadata().token())
                    .doesNotContain("canary-prompt-5f1c")
                    .contains("\"clientRequestId\":\"my-own-id\"");
        }
    }

    @Test
    void a102_whatCannotBeRecordedIsRefusedOrDroppedAsThePolicySays() {
        // given a gateway whose disk for audit records is full (A102)
        try (GatewayWorld world =
                GatewayWorld.start(GatewayWorld.newFolder(), Policies::churn, Map.of("SPE_AUDIT_FILE", "/dev/full"))) {
            // then calls are refused, and nothing goes upstream
            Awaitility.await().atMost(SOON).until(() -> predict(world) == 503);
            world.model().forget();
            var refused = world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("AUDIT_UNAVAILABLE");
            assertThat(world.model().requests()).isEmpty();

            // when the policy prefers serving to recording
            world.reload((issuer, model) ->
                    Policies.churn(issuer, model).audit(new AuditRules(OnFailure.Drop, Prompts.None)));

            // then calls are served, and what was lost is counted
            assertThat(predict(world)).isEqualTo(200);
            assertThat(world.gateway().admin("/metrics")).containsPattern("spe_gateway_audit_lost_total [1-9]");
        }
    }

    @Test
    void promptsAreRecordedAsThePolicySays() {
        try (GatewayWorld world = GatewayWorld.start(
                GatewayWorld.newFolder(),
                (issuer, model) ->
                        Policies.churn(issuer, model).audit(new AuditRules(OnFailure.Refuse, Prompts.Hash)))) {
            // given a policy that wants hashes: equal prompts have equal ones, and the text is nowhere
            assertThat(predict(world)).isEqualTo(200);
            assertThat(predict(world)).isEqualTo(200);
            Awaitility.await().atMost(SOON).until(() -> world.gateway().audit().size() == 2);
            List<String> hashes = world.gateway().audit().stream()
                    .map(record -> record.path("prompt").path("hash").asText())
                    .distinct()
                    .toList();
            assertThat(hashes).singleElement().asString().startsWith("hmac-sha256:");
            assertThat(world.gateway().output()).doesNotContain("canary-prompt-5f1c");

            // when the policy wants the text, it is there, word for word
            world.reload((issuer, model) ->
                    Policies.churn(issuer, model).audit(new AuditRules(OnFailure.Refuse, Prompts.Full)));
            assertThat(predict(world)).isEqualTo(200);
            JsonNode record =
                    world.gateway().auditWhere(call -> call.path("prompt").has("text"));
            assertThat(record.path("prompt").path("text").asText()).isEqualTo(BODY);
        }
    }

    private static List<ChainFinding> findings(List<JsonNode> log, JsonNode head) {
        ChainVerifier verifier = new ChainVerifier();
        verifier.witness(new ChainHead(
                head.path("pod").asText(),
                head.path("key").asText(),
                head.path("publicKey").asText(),
                head.path("sequence").asLong(),
                head.path("hash").asText()));
        log.forEach(record -> verifier.record("", record));
        return verifier.findings();
    }
}
