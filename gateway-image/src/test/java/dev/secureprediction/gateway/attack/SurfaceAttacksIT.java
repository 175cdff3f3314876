package dev.secureprediction.gateway.attack;

import static dev.secureprediction.gateway.attack.SurfaceCalls.CLAUDE;
import static dev.secureprediction.gateway.attack.SurfaceCalls.COUNTING;
import static dev.secureprediction.gateway.attack.SurfaceCalls.GEMINI;
import static dev.secureprediction.gateway.attack.SurfaceCalls.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.secureprediction.gateway.attack.SurfaceCalls.World;
import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The attacks on paths and bodies, over every surface. */
final class SurfaceAttacksIT {
    private static final Map<World, Attacked> WORLDS = new EnumMap<>(World.class);
    private static final String PLACE = "/v1/projects/" + Policies.PROJECT + "/locations/" + Policies.LOCATION;

    private static final String MODELS = "/v1/projects/acme-ml-qa/locations/europe-west4/publishers/";
    private static final String PLACE_OF_ENDPOINT =
            "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d";

    @BeforeAll
    static void start() {
        for (World world : World.values()) {
            WORLDS.put(world, world.start());
        }
    }

    @AfterAll
    static void stop() {
        WORLDS.values().forEach(Attacked::close);
    }

    @BeforeEach
    void calm() {
        WORLDS.values().forEach(Attacked::calm);
    }

    private static GatewayWorld gateway(World world) {
        return Objects.requireNonNull(WORLDS.get(world)).world();
    }

    private static HttpResponse<String> post(World world, String path, String body) {
        return SurfaceCalls.post(WORLDS, world, path, body);
    }

    private static void nothingWentOn() {
        WORLDS.values()
                .forEach(world -> assertThat(world.world().model().requests()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "ENDPOINT, GOOGLE, " + PLACE_OF_ENDPOINT + ":PREDICT",
        "ENDPOINT, GOOGLE, " + PLACE_OF_ENDPOINT + ":predict:rawPredict",
        "ENDPOINT, GOOGLE, " + PLACE_OF_ENDPOINT + ":explain",
        "ENDPOINT, GOOGLE, " + PLACE_OF_ENDPOINT + ":generateContent",
        "ENDPOINT, GOOGLE, " + PLACE_OF_ENDPOINT,
        "ENDPOINT, OPENAI, /openai/v1/chat/Completions",
        "ENDPOINT, OPENAI, /openai/v1/completions",
        "ENDPOINT, OPENAI, /openai/v1/chat/completions/",
        "ENDPOINT, OPENAI, /openai/v1/models/churn",
        "ENDPOINT, OPEN_INFERENCE, /v2/models/churn/INFER",
        "ENDPOINT, OPEN_INFERENCE, /v2/models/a/b/c/infer",
        "ENDPOINT, OPEN_INFERENCE, /v2/repository/index",
        "ENDPOINT, OPEN_INFERENCE, /v2/models/churn/ready",
        "ENDPOINT, OPEN_INFERENCE, /v1/models/churn:PREDICT",
        "ENDPOINT, OPEN_INFERENCE, /v1/models/churn:predict:predict",
        "ENDPOINT, OPEN_INFERENCE, /v1/models/churn",
        "GEMINI, GOOGLE, " + MODELS + "google/models/gemini-2.5-flash:GENERATECONTENT",
        "GEMINI, GOOGLE, " + MODELS + "google/models/gemini-2.5-flash:generateContent:countTokens",
        "GEMINI, GOOGLE, " + MODELS + "google/models/gemini-2.5-flash:batchEmbedContents",
        "CLAUDE, ANTHROPIC, " + MODELS + "anthropic/models/claude-sonnet-4-5@20250929:RAWPREDICT",
        "CLAUDE, ANTHROPIC, " + MODELS + "anthropic/models/claude-sonnet-4-5@20250929:rawPredict:predict",
        "CLAUDE, ANTHROPIC, " + MODELS + "anthropic/models/claude-sonnet-4-5@20250929:predict",
        "CLAUDE, ANTHROPIC, " + MODELS + "anthropic/models/count-tokens:streamRawPredict",
    })
    @DisplayName("A49 a verb that is not exactly one is nothing, on every surface")
    void a49_verbs(World world, ErrorShape shape, String path) {
        assertError(shape, post(world, path, Attacked.BODY), 404, "ROUTE_UNKNOWN");
        nothingWentOn();
    }

    @ParameterizedTest
    @CsvSource({
        "ENDPOINT, GOOGLE, /v1/projects/other/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
        "ENDPOINT, GOOGLE, /v1/projects/acme-ml-qa/locations/us-central1/endpoints/spe-churn-1a2b3c4d:predict",
        "ENDPOINT, GOOGLE, /v1/projects/acme-ml-qa/locations/europe-west4/endpoints/other:predict",
        "ENDPOINT, GOOGLE, " + MODELS + "meta/models/llama:rawPredict",
        "ENDPOINT, OPEN_INFERENCE, /v2/models/other/infer",
        "ENDPOINT, OPEN_INFERENCE, /v2/models/a/b/infer",
        "ENDPOINT, OPEN_INFERENCE, /v1/models/other:predict",
        "GEMINI, GOOGLE, " + MODELS + "google/models/gemini-2.5-pro:generateContent",
        "GEMINI, GOOGLE, /v1/projects/acme-ml-qa/locations/global/publishers/google/models/gemini-2.5-flash:countTokens",
        "CLAUDE, ANTHROPIC, " + MODELS + "anthropic/models/claude-opus-5:rawPredict",
        "CLAUDE, ANTHROPIC, /v1/projects/other/locations/europe-west4/publishers/anthropic/models/count-tokens:rawPredict",
    })
    @DisplayName("A50 what is not granted looks alike whether it is there or not, on every surface")
    void a50_other_resources(World world, ErrorShape shape, String path) {
        assertError(shape, post(world, path, Attacked.BODY), 403, "ACCESS_DENIED");
        nothingWentOn();
    }

    @Test
    @DisplayName("A50 a model that stands in the body is no way around")
    void a50_models_in_bodies() {
        for (String model : List.of("other", "", "google/gemini-2.5-pro", "CHURN", "churn ")) {
            String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
            assertError(
                    ErrorShape.OPENAI,
                    post(
                            World.ENDPOINT,
                            "/openai/v1/chat/completions",
                            "{\"model\":\"" + model + "\"," + messages + "}"),
                    403,
                    "ACCESS_DENIED");
            assertError(
                    ErrorShape.ANTHROPIC,
                    post(World.CLAUDE, COUNTING + ":rawPredict", "{\"model\":\"" + model + "\"," + messages + "}"),
                    403,
                    "ACCESS_DENIED");
        }
        nothingWentOn();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ENDPOINT|GOOGLE|" + PLACE_OF_ENDPOINT + ":predict|{\"instances\":[]}",
                "ENDPOINT|GOOGLE|" + PLACE_OF_ENDPOINT + ":predict|{\"instances\":{\"a\":1}}",
                "ENDPOINT|OPEN_INFERENCE|/v1/models/churn:predict|{\"instances\":[]}",
                "ENDPOINT|OPEN_INFERENCE|/v1/models/churn:predict|{\"instances\":[1],\"signature_name\":\"s\"}",
                "ENDPOINT|OPEN_INFERENCE|/v2/models/churn/infer|{\"inputs\":[]}",
                "ENDPOINT|OPEN_INFERENCE|/v2/models/churn/infer|{\"inputs\":[{\"name\":\"x\",\"shape\":[3],\"datatype\":\"FP32\",\"data\":[1,2]}]}",
                "ENDPOINT|OPEN_INFERENCE|/v2/models/churn/infer|{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FLOAT\",\"data\":[1]}]}",
                "ENDPOINT|OPENAI|/openai/v1/chat/completions|{\"model\":\"churn\",\"messages\":[]}",
                "ENDPOINT|OPENAI|/openai/v1/embeddings|{\"model\":\"churn\"}",
                "GEMINI|OPENAI|/openai/v1/chat/completions|{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"logit_bias\":{}}",
                "GEMINI|GOOGLE|" + MODELS + "google/models/gemini-2.5-flash:generateContent|{\"contents\":\"x\"}",
                "CLAUDE|ANTHROPIC|" + MODELS
                        + "anthropic/models/claude-sonnet-4-5@20250929:rawPredict|{\"messages\":{}}",
                "CLAUDE|ANTHROPIC|" + MODELS
                        + "anthropic/models/claude-sonnet-4-5@20250929:rawPredict|{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
            })
    @DisplayName("A56 a body that is none of its surface is refused, with the field")
    void a56_bodies(World world, ErrorShape shape, String path, String body) {
        HttpResponse<String> answer = post(world, path, body);
        assertError(shape, answer, 400, "BODY_INVALID");
        assertThat(answer.body()).containsPattern("/[a-z]+"); // the pointer of what is wrong
        nothingWentOn();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GEMINI|GOOGLE|" + MODELS
                        + "google/models/gemini-2.5-flash:generateContent|{\"model\":\"publishers/google/models/gemini-2.5-pro\",\"contents\":[{}]}",
                "CLAUDE|ANTHROPIC|" + MODELS
                        + "anthropic/models/claude-sonnet-4-5@20250929:rawPredict|{\"model\":\"claude-opus-5\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "ENDPOINT|OPEN_INFERENCE|/v2/models/churn/infer|{\"model_name\":\"other\",\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
            })
    @DisplayName("A57 a body names no other model than its path")
    void a57_two_models(World world, ErrorShape shape, String path, String body) {
        assertError(shape, post(world, path, body), 400, "BODY_INVALID");
        nothingWentOn();
    }

    @Test
    @DisplayName("A96 what the gateway refuses has the surface's own shape and tells nothing")
    void a96_refusals() {
        for (SurfaceCalls call : SurfaceCalls.all()) {
            GatewayWorld world = gateway(call.world());
            HttpRequest.Builder sound = world.analystPosts(call.path(), call.body());
            assertError(
                    call.shape(), world.send(world.postsWith("a.b.c", call.path(), call.body())), 401, "TOKEN_INVALID");
            String guest = world.issuer().token("guest@example.com", Policies.AUDIENCE);
            assertError(
                    call.shape(), world.send(world.postsWith(guest, call.path(), call.body())), 403, "ACCESS_DENIED");
            assertError(call.shape(), post(call.world(), call.path(), "{"), 400, "BODY_MALFORMED");
            assertError(call.shape(), post(call.world(), call.path() + "?x=1", call.body()), 400, "QUERY_REFUSED");
            assertError(
                    call.shape(),
                    world.send(sound.copy().setHeader("Content-Type", "text/plain")),
                    415,
                    "MEDIA_TYPE_REFUSED");
            assertError(
                    call.shape(), post(call.world(), call.path(), " ".repeat(1 << 20) + "{}"), 413, "BODY_TOO_LARGE");
        }
        nothingWentOn();
    }

    @Test
    @DisplayName("A96 what the model's API refuses has the surface's own shape and tells nothing")
    void a96_errors_of_the_model() {
        String words = "{\"error\":{\"code\":400,\"message\":\"projects/" + Policies.PROJECT
                + " at 127.0.0.1 said no\",\"status\":\"INVALID_ARGUMENT\"}}";
        for (SurfaceCalls call : SurfaceCalls.all()) {
            answers(call.world(), HttpStatus.BAD_REQUEST, words);
            assertError(call.shape(), post(call.world(), call.path(), call.body()), 400, "UPSTREAM_INVALID_ARGUMENT");
            answers(call.world(), HttpStatus.FORBIDDEN, words);
            assertError(call.shape(), post(call.world(), call.path(), call.body()), 403, "UPSTREAM_PERMISSION_DENIED");
            answers(call.world(), HttpStatus.BAD_GATEWAY, "<html>at dev.secureprediction 127.0.0.1</html>");
            assertError(call.shape(), post(call.world(), call.path(), call.body()), 502, "UPSTREAM_FAILED");
        }
    }

    @Test
    @DisplayName("A96 an answer that has no form in the caller's protocol is an error of its own shape")
    void a96_answers_without_a_form() {
        answers(
                World.ENDPOINT,
                HttpStatus.OK,
                "{\"predictions\":[[1],[1,2]],\"model\":\"projects/" + Policies.PROJECT + "\"}");
        SurfaceCalls infer = SurfaceCalls.all().get(2);
        assertError(infer.shape(), post(infer.world(), infer.path(), infer.body()), 502, "UPSTREAM_FAILED");
    }

    private static void answers(World world, HttpStatus status, String body) {
        gateway(world)
                .model()
                .behave((context, request) ->
                        com.linecorp.armeria.common.HttpResponse.of(status, MediaType.JSON, body));
    }

    @Test
    @DisplayName("A96 paths of no surface get RFC 9457")
    void a96_no_surface() {
        HttpResponse<String> answer = post(World.GEMINI, "/v3/anything", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("ROUTE_UNKNOWN")
                .doesNotContain(PLACE)
                .doesNotContain(GEMINI)
                .doesNotContain(CLAUDE);
    }
}
