package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** A gateway under attack: sends, and checks that a refusal is all that a refusal must be. */
final class Attacked implements AutoCloseable {
    /** Stands in every request; nothing of a request may come back. */
    static final String CANARY = "canary7f3a91";

    static final String BODY = "{\"instances\":[{\"note\":\"" + CANARY + "\"}]}";
    static final String PATH = GatewayWorld.endpointPath("predict");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayWorld world;

    private Attacked(GatewayWorld world) {
        this.world = world;
    }

    static Attacked start() {
        return start(Policies::churn);
    }

    static Attacked start(BiFunction<String, String, Policies> policy) {
        return new Attacked(GatewayWorld.start(GatewayWorld.newFolder(), policy));
    }

    GatewayWorld world() {
        return world;
    }

    /** As if nothing had happened before. */
    void calm() {
        world.model().behaveWell();
        world.model().forget();
    }

    /** A valid token of an analyst. */
    String token() {
        return world.issuer().token("analyst@example.com", Policies.AUDIENCE);
    }

    HttpResponse<String> sendWith(String token) {
        return world.send(world.postsWith(token, PATH, BODY));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return world.send(request);
    }

    /** All answers to these bytes. */
    List<RawAnswer> raw(String text) {
        return raw().send(text);
    }

    /** The answer to each of these, which are sent side by side; each has exactly one. */
    List<RawAnswer> eachRaw(List<String> texts) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return texts.stream().map(text -> CompletableFuture.supplyAsync(() -> raw(text), threads)).toList().stream()
                    .map(CompletableFuture::join)
                    .map(answers -> {
                        assertThat(answers).hasSize(1);
                        return answers.getFirst();
                    })
                    .toList();
        }
    }

    RawHttp raw() {
        return new RawHttp(world.gateway().address(), world.gateway().port());
    }

    /** A sound request by hand, its request line and further fields as given. */
    String request(String line, String... fields) {
        return line + "\r\nHost: gateway\r\nAuthorization: Bearer " + token() + "\r\nContent-Type: application/json\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n");
    }

    /** The same as a POST to the usual path with this end of its head. */
    String post(String... fields) {
        return request("POST " + PATH + " HTTP/1.1", fields);
    }

    /** The token is refused: 401, a challenge, no reason for the caller, the exact one in the audit record. */
    void assertTokenRefused(HttpResponse<String> response, String... auditReasons) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        assertRefused(response, 401, auditReasons);
    }

    /** Google's error shape, an audit record with one of these reasons, nothing upstream, nothing echoed. */
    void assertRefused(HttpResponse<String> response, int status, String... auditReasons) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertGoogleError(status, response.body());
        assertNothingEchoed(response.body() + response.headers().map());
        assertAudited(response.headers().firstValue("x-request-id").orElse("none"), auditReasons);
        assertNothingUpstream();
    }

    void assertRefused(RawAnswer answer, Set<Integer> statuses, String... auditReasons) {
        assertThat(statuses).as(answer.toString()).contains(answer.status());
        assertErrorShape(answer);
        assertNothingEchoed(answer.head() + answer.body());
        assertAudited(answer.header("x-request-id").orElse("none"), auditReasons);
        assertNothingUpstream();
    }

    private static void assertErrorShape(RawAnswer answer) {
        if (answer.header("content-type").orElse("").startsWith("application/problem+json")) {
            assertThat(json(answer.body()).path("status").asInt()).isEqualTo(answer.status());
            return;
        }
        JsonNode error = json(answer.body()).path("error");
        if (error.isTextual()) {
            assertThat(error.asText()).as(answer.body()).matches("[A-Z_]+: .+"); // the inference protocols
        } else if (error.has("type")) {
            assertThat(error.path("code").asText()).as(answer.body()).matches("[A-Z_]+"); // OpenAI's and Anthropic's
        } else {
            assertGoogleError(answer.status(), answer.body());
        }
    }

    /** AIP-193. */
    static void assertGoogleError(int status, String body) {
        JsonNode error = json(body).path("error");
        assertThat(error.path("code").asInt()).as(body).isEqualTo(status);
        assertThat(error.path("status").asText()).matches("[A-Z_]+");
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("details").path(0).path("@type").asText())
                .isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
        assertThat(error.path("details").path(0).path("reason").asText()).matches("[A-Z_]+");
    }

    private void assertAudited(String requestId, String... reasons) {
        JsonNode record = world.gateway().audit(requestId);
        String code = record.path("code").asText();
        assertThat(record.path("decision").asText()).isEqualTo("Deny");
        if (reasons.length > 0) {
            assertThat(reasons)
                    .as(record.toString())
                    .contains(record.path("reason").asText(code));
        }
        assertThat(record.toString()).doesNotContain(CANARY);
    }

    void assertNothingUpstream() {
        assertThat(world.model().requests()).as("forwarded").isEmpty();
    }

    private void assertNothingEchoed(String answer) {
        assertThat(answer).doesNotContain(CANARY).doesNotContain(world.model().authority());
        assertThat(answer).doesNotContain("Exception").doesNotContain("eyJ");
    }

    /** The call went through and the model saw it once. */
    void assertServed(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(world.model().onlyRequest().contentUtf8()).isEqualTo(BODY);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static String toJson(Map<String, ?> object) {
        return JSON.valueToTree(object).toString();
    }

    @Override
    public void close() {
        world.close();
    }
}
