package dev.secureprediction.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.pipeline.Snapshots;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.audit.ChainVerifier;
import dev.secureprediction.policy.codec.CanonicalJson;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.AuditRules.Prompts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The log of one gateway from its start to its end. */
final class AuditLogTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_LINE = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Memory memory = new Memory();

    /** An output that a test can read, and break. */
    private static final class Memory implements AuditSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean full;

        @Override
        public synchronized void write(ByteBuffer lines) throws IOException {
            if (full) {
                bytes.write(lines.get()); // as a disk does: part of a line, then no more
                throw new IOException("No space left on device");
            }
            while (lines.hasRemaining()) {
                bytes.write(lines.get());
            }
        }

        synchronized void full(boolean now) {
            full = now;
        }

        synchronized List<String> lines() {
            return bytes.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }

    private AuditLog start(int places) {
        return AuditLog.start(List.of(memory), "pod-1", places, 4 << 20);
    }

    private List<JsonNode> records() {
        return memory.lines().stream()
                .map(AuditLogTest::parse)
                .map(line -> line.path("secureprediction"))
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    /** A call of which everything is known that can be. */
    private static CallRecord call(int number) {
        CallRecord call = CallRecord.begin("request-" + number, Instant.parse("2026-11-22T10:00:00.123Z"));
        call.policy(Snapshots.of(Policies.churn("https://issuer.example", "model.example:443")));
        if (SurfaceRegistry.standard().match("POST", GatewayWorld.endpointPath("predict"))
                instanceof RouteMatch.Matched matched) {
            call.route(matched.route());
        }
        call.caller(new Caller("okta", "jürgen \"j\" \ud83d\ude00 \u0007 \ud800 x", Map.of()));
        call.clientRequestId("my-own-id");
        call.clientAddress("192.0.2.7");
        call.permitted("analyst");
        call.upstreamStarted();
        call.upstreamAnswered(200);
        call.tokensUsed(
                Optional.of(new TokensUsed(OptionalLong.of(3), OptionalLong.of(Long.MAX_VALUE), OptionalLong.empty())));
        call.refused(Refusal.of(ErrorCode.UPSTREAM_INTERRUPTED, "IN_ANSWER"));
        call.ended(502);
        return call;
    }

    @Test
    void everyRecordIsCanonicalAndTheChainVerifies() {
        // given a log of a few calls that was closed
        AuditLog log = start(100);
        for (int i = 0; i < 5; i++) {
            assertThat(log.reserve()).isTrue();
            log.write(call(i));
        }
        log.close();

        // then it opens with the key, closes with a signature, and has one record per call
        List<JsonNode> records = records();
        assertThat(records)
                .extracting(record -> record.path("kind").asText())
                .containsExactly("opened", "call", "call", "call", "call", "call", "closed");
        assertThat(records.getLast().path("chain").has("signature")).isTrue();
        assertThat(records.get(1).path("subject").asText()).isEqualTo("jürgen \"j\" \ud83d\ude00 \u0007 \ufffd x");

        // and each line is in canonical form, and the whole verifies
        ChainVerifier verifier = new ChainVerifier();
        for (String line : memory.lines()) {
            JsonNode record = parse(line).path("secureprediction");
            assertThat(line).contains(new String(CanonicalJson.bytes(record), StandardCharsets.UTF_8));
            verifier.record(line, record);
        }
        assertThat(verifier.findings()).isEmpty();
        assertThat(log.head().orElseThrow().sequence()).isEqualTo(6);
        assertThat(log.head().orElseThrow().hash())
                .isEqualTo(records.getLast().path("chain").path("hash").asText());
    }

    @Test
    void linesHaveTheShapeThatCloudLoggingReads() {
        AuditLog log = start(1);
        log.reserve();
        log.write(call(1));
        log.close();

        JsonNode line = parse(memory.lines().get(1));
        assertThat(line.path("severity").asText()).isEqualTo("ERROR");
        assertThat(line.path("time").asText()).isEqualTo("2026-11-22T10:00:00.123Z");
        assertThat(line.path("message").asText()).contains("predict").contains("UPSTREAM_INTERRUPTED");
        assertThat(line.path("logging.googleapis.com/labels")
                        .path("secureprediction.dev/endpoint-name")
                        .asText())
                .isEqualTo("churn");
    }

    @Test
    void whatIsQuietForAWhileIsSigned() {
        // given a call just behind a signature
        AuditLog log = start(1);
        log.reserve();
        log.write(call(1));

        // then a signature for it comes without another call
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> records().getLast().path("chain").has("signature")
                        && records().size() > 1);
        log.close();
    }

    @Test
    void aLongPromptIsSplitAndNothingOfItIsLost() {
        // given a prompt of more than one entry of Cloud Logging
        String prompt = "{\"contents\":\"" + "€\ud83d\ude00\\n\\\"".repeat(40_000) + "\"}";
        AuditLog log = start(1);
        log.reserve();
        CallRecord call = call(1);

        // when it is to be recorded whole
        assertThat(log.keepPrompt(call, prompt.getBytes(StandardCharsets.UTF_8), Prompts.Full))
                .isTrue();
        log.write(call);
        log.close();

        // then no line is too long, and the parts are the prompt
        assertThat(memory.lines())
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(MAX_LINE));
        StringBuilder joined = new StringBuilder();
        records()
                .forEach(record ->
                        joined.append(record.path("prompt").path("text").asText()));
        assertThat(joined).hasToString(prompt);
        assertThat(records().get(1).path("prompt").path("parts").asInt()).isGreaterThan(2);
    }

    @Test
    void aHashIsKeyedSoThatAShortPromptCannotBeGuessed() {
        byte[] prompt = "{\"contents\":\"yes\"}".getBytes(StandardCharsets.UTF_8);
        AuditLog log = start(2);
        AuditLog other = start(2);
        CallRecord first = call(1);
        CallRecord again = call(2);
        CallRecord elsewhere = call(3);
        log.keepPrompt(first, prompt, Prompts.Hash);
        log.keepPrompt(again, prompt, Prompts.Hash);
        other.keepPrompt(elsewhere, prompt, Prompts.Hash);
        log.close();
        other.close();

        assertThat(first.promptHash).startsWith("hmac-sha256:").isEqualTo(again.promptHash);
        assertThat(first.promptHash).isNotEqualTo(elsewhere.promptHash);
    }

    @Test
    void promptsThatWaitTakeBoundedMemory() {
        AuditLog log = AuditLog.start(List.of(memory), "pod-1", 10, 100);

        // when one prompt takes most of the room, the next has none until the first is given up
        CallRecord first = call(1);
        CallRecord second = call(2);
        assertThat(log.keepPrompt(first, new byte[80], Prompts.Full)).isTrue();
        assertThat(log.keepPrompt(second, new byte[80], Prompts.Full)).isFalse();
        log.forget(first);
        assertThat(log.keepPrompt(second, new byte[80], Prompts.Full)).isTrue();
        log.close();
    }

    @Test
    void aFullDiskTakesThePlacesAndLosesNothing() {
        // given a disk that becomes full
        AuditLog log = start(3);
        Awaitility.await().atMost(PATIENCE).until(() -> log.head().isPresent());
        memory.full(true);
        log.reserve();
        log.write(call(1));

        // then there are no more places, until there is room
        Awaitility.await().atMost(PATIENCE).until(() -> {
            if (log.reserve()) {
                log.write(call(2)); // a call that came before the failure was seen
                return false;
            }
            return true;
        });
        log.lose();
        memory.full(false);
        Awaitility.await().atMost(PATIENCE).until(log::reserve);
        log.write(call(3));
        log.close();

        // and every line is whole, the lost call is said, and the chain verifies
        ChainVerifier verifier = new ChainVerifier();
        records().forEach(record -> verifier.record("", record));
        assertThat(verifier.findings()).isEmpty();
        assertThat(records()).anySatisfy(record -> {
            assertThat(record.path("kind").asText()).isEqualTo("lost");
            assertThat(record.path("count").asInt()).isEqualTo(1);
        });
        assertThat(records().stream()
                        .filter(record -> record.path("kind").asText().equals("call")))
                .hasSizeGreaterThanOrEqualTo(2);
    }
}
