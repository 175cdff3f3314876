package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * One sound call of each surface, to be spoilt by a test.
 *
 * @param world which gateway serves it
 * @param shape how its errors look
 * @param path of the call
 * @param body of the call
 */
record SurfaceCalls(World world, ErrorShape shape, String path, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLACE = "/v1/projects/" + Policies.PROJECT + "/locations/" + Policies.LOCATION;

    static final String GEMINI = PLACE + "/publishers/google/models/gemini-2.5-flash";
    static final String CLAUDE = PLACE + "/publishers/anthropic/models/claude-sonnet-4-5@20250929";
    static final String COUNTING = PLACE + "/publishers/anthropic/models/count-tokens";

    /** A gateway has one model, so that there is one for each kind. */
    enum World {
        ENDPOINT,
        GEMINI,
        CLAUDE;

        private Model model() {
            return switch (this) {
                case ENDPOINT -> new Model.Endpoint(Policies.ENDPOINT);
                case GEMINI -> new Model.Publisher("google", "gemini-2.5-flash");
                case CLAUDE -> new Model.Publisher("anthropic", "claude-sonnet-4-5@20250929");
            };
        }

        private Surface[] surfaces() {
            return switch (this) {
                case ENDPOINT ->
                    new Surface[] {Surface.VertexPredict, Surface.OpenAIChat, Surface.OpenInference, Surface.KServeV1};
                case GEMINI -> new Surface[] {Surface.GeminiGenerate, Surface.OpenAIChat};
                case CLAUDE -> new Surface[] {Surface.AnthropicMessages};
            };
        }

        /** Its gateway; analysts may do everything. */
        Attacked start() {
            return Attacked.start((issuer, upstream) -> Policies.churn(issuer, upstream)
                    .surfaces(surfaces())
                    .model(model())
                    .roles(Role.plain(
                            "analyst",
                            List.of("okta"),
                            "bindings.analysts in claims.groups",
                            List.of(Action.values()))));
        }
    }

    /** Each surface's plainest call. */
    static List<SurfaceCalls> all() {
        return List.of(
                new SurfaceCalls(
                        World.ENDPOINT, ErrorShape.GOOGLE, GatewayWorld.endpointPath("predict"), Attacked.BODY),
                new SurfaceCalls(
                        World.ENDPOINT,
                        ErrorShape.OPENAI,
                        "/openai/v1/chat/completions",
                        "{\"model\":\"churn\",\"messages\":[{\"role\":\"user\",\"content\":\"" + Attacked.CANARY
                                + "\"}]}"),
                new SurfaceCalls(
                        World.ENDPOINT,
                        ErrorShape.OPEN_INFERENCE,
                        "/v2/models/churn/infer",
                        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\""
                                + Attacked.CANARY + "\"]}]}"),
                new SurfaceCalls(World.ENDPOINT, ErrorShape.OPEN_INFERENCE, "/v1/models/churn:predict", Attacked.BODY),
                new SurfaceCalls(
                        World.GEMINI,
                        ErrorShape.GOOGLE,
                        GEMINI + ":generateContent",
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + Attacked.CANARY + "\"}]}]}"),
                new SurfaceCalls(
                        World.CLAUDE,
                        ErrorShape.ANTHROPIC,
                        CLAUDE + ":rawPredict",
                        "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"" + Attacked.CANARY
                                + "\"}]}"));
    }

    /** An answer in this shape, with this status and code, and nothing of where it comes from. */
    static void assertError(ErrorShape shape, HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        JsonNode error = json(answer.body()).path("error");
        switch (shape) {
            case GOOGLE -> {
                Attacked.assertGoogleError(status, answer.body());
                assertThat(error.at("/details/0/reason").asText()).isEqualTo(code);
            }
            case OPENAI -> {
                assertThat(error.path("code").asText()).as(answer.body()).isEqualTo(code);
                assertThat(error.path("type").asText()).matches("[a-z_]+_error");
                assertThat(error.has("param")).isTrue();
                assertThat(error.path("message").asText()).isNotBlank();
            }
            case ANTHROPIC -> {
                assertThat(json(answer.body()).path("type").asText()).isEqualTo("error");
                assertThat(error.path("type").asText()).as(answer.body()).matches("[a-z_]+");
                assertThat(error.path("code").asText()).isEqualTo(code);
                assertThat(json(answer.body()).path("request_id").asText())
                        .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
            }
            case OPEN_INFERENCE -> assertThat(error.asText()).as(answer.body()).startsWith(code + ": ");
            case PROBLEM -> throw new AssertionError("a surface has a shape of its own");
        }
        assertTellsNothing(answer);
    }

    private static void assertTellsNothing(HttpResponse<String> answer) {
        String all = answer.body() + answer.headers().map();
        assertThat(all)
                .doesNotContain(Attacked.CANARY)
                .doesNotContain(Policies.PROJECT)
                .doesNotContain(Policies.NUMBER)
                .doesNotContain("127.0.0.1")
                .doesNotContain("googleapis.com/v1")
                .doesNotContain("dev.secureprediction.gateway")
                .doesNotContain("\tat ");
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    /** The same call of another path and body. */
    static HttpResponse<String> post(Map<World, Attacked> worlds, World world, String path, String body) {
        Attacked attacked = worlds.get(world);
        if (attacked == null) {
            throw new IllegalStateException(world + " was not started");
        }
        return attacked.send(attacked.world().analystPosts(path, body));
    }
}
