package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.audit.ChainVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a gateway tells a collector, and what it tells Prometheus. */
final class TelemetryIT {
    private static final String CALLERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"canary-prompt-77aa\"}]}]}";
    private static final String ANSWER =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"ok\"}]},\"finishReason\":\"STOP\"}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3,\"totalTokenCount\":10}}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final List<JsonNode> traces = new CopyOnWriteArrayList<>();
    private final List<JsonNode> logs = new CopyOnWriteArrayList<>();

    private HttpServer collector() throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/", exchange -> {
            JsonNode message = JSON.readTree(exchange.getRequestBody());
            (exchange.getRequestURI().getPath().endsWith("traces") ? traces : logs).add(message);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }

    @Test
    void a94_aCallIsTracedCountedAndAuditedWithNothingOfItsPrompt() throws Exception {
        HttpServer collector = collector();
        try (GatewayWorld world = GatewayWorld.start(
                GatewayWorld.newFolder(),
                Policies::gemini,
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort(),
                        "SPE_AUDIT_OTLP",
                        "true"))) {
            world.model()
                    .behave((context, request) -> com.linecorp.armeria.common.HttpResponse.of(
                            com.linecorp.armeria.common.MediaType.JSON, ANSWER));

            // when a call comes that belongs to a trace
            var answer = world.send(world.analystPosts(GatewayWorld.geminiPath("generateContent"), BODY)
                    .header("traceparent", "00-" + CALLERS_TRACE + "-" + CALLERS_SPAN + "-01"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

            // then its spans belong to it, one of the call, one of the model's work
            Awaitility.await().atMost(PATIENCE).until(() -> spans().size() >= 2);
            JsonNode call = spans().getFirst();
            JsonNode model = spans().get(1);
            assertThat(call.path("traceId").asText()).isEqualTo(CALLERS_TRACE);
            assertThat(call.path("parentSpanId").asText()).isEqualTo(CALLERS_SPAN);
            assertThat(model.path("parentSpanId").asText())
                    .isEqualTo(call.path("spanId").asText());
            assertThat(model.path("name").asText()).isEqualTo("generate_content gemini-2.5-flash");
            assertThat(attribute(model, "gen_ai.usage.input_tokens")
                            .path("intValue")
                            .asText())
                    .isEqualTo("7");
            assertThat(attribute(model, "gen_ai.request.model")
                            .path("stringValue")
                            .asText())
                    .isEqualTo("gemini-2.5-flash");

            // and the model's API was told, the audit log says which trace
            assertThat(world.model().onlyRequest().headers().get("traceparent"))
                    .isEqualTo(
                            "00-" + CALLERS_TRACE + "-" + model.path("spanId").asText() + "-01");
            JsonNode record = world.gateway()
                    .audit(answer.headers().firstValue("x-request-id").orElseThrow());
            assertThat(record.path("traceId").asText()).isEqualTo(CALLERS_TRACE);
            assertThat(world.gateway().output())
                    .contains("\"logging.googleapis.com/trace\":\"projects/" + Policies.PROJECT + "/traces/"
                            + CALLERS_TRACE);

            // and the collector has the audit log, whole enough to be verified
            Awaitility.await().atMost(PATIENCE).until(() -> auditLines().size() >= 2);
            ChainVerifier verifier = new ChainVerifier();
            auditLines().forEach(line -> verifier.record("", line.path("secureprediction")));
            assertThat(verifier.findings()).isEmpty();

            // and the figures are there, and nowhere anything of the prompt or a token (A94)
            String metrics = world.gateway().admin("/metrics");
            assertThat(metrics)
                    .contains("spe_gateway_tokens_total{kind=\"prompt\",surface=\"GeminiGenerate\"} 7.0")
                    .contains("spe_gateway_first_byte_seconds_count{surface=\"GeminiGenerate\"} 1");
            assertThat(metrics + traces + logs)
                    .doesNotContain("canary-prompt-77aa")
                    .doesNotContain(world.metadata().token())
                    .doesNotContain("eyJ");
        } finally {
            collector.stop(0);
        }
    }

    private List<JsonNode> spans() {
        return traces.stream()
                .flatMap(message ->
                        message.at("/resourceSpans/0/scopeSpans/0/spans").valueStream())
                .toList();
    }

    private List<JsonNode> auditLines() {
        return logs.stream()
                .flatMap(message ->
                        message.at("/resourceLogs/0/scopeLogs/0/logRecords").valueStream())
                .map(TelemetryIT::line)
                .toList();
    }

    private static JsonNode line(JsonNode record) {
        try {
            return JSON.readTree(record.at("/body/stringValue").asText().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(record.toString(), e);
        }
    }

    private static JsonNode attribute(JsonNode span, String key) {
        return span.path("attributes")
                .valueStream()
                .filter(attribute -> attribute.path("key").asText().equals(key))
                .findFirst()
                .orElseThrow()
                .path("value");
    }
}
