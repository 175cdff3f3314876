package dev.secureprediction.sandbox.cloud;

import static dev.secureprediction.sandbox.cloud.CloudFixture.ADMINISTRATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.GEMINI;
import static dev.secureprediction.sandbox.cloud.CloudFixture.INVOKER;
import static dev.secureprediction.sandbox.cloud.CloudFixture.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.rpc.Code;
import dev.secureprediction.sandbox.cloud.Rest.Answer;
import dev.secureprediction.sandbox.cloud.observe.PredictionFault;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models as a gateway meets them. */
@Timeout(60)
class PredictionsIT {
    private static final String FRAUD = "/v1/" + LOCATION + "/endpoints/fraud-scores";
    private static final String ASK =
            "{\"contents\": [{\"role\": \"user\", \"parts\": [{\"text\": \"who calls most\"}]}]}";
    private static final String CALLER = "user:gateway@example.com";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudFixture fixture;
    private Rest gateway;

    @BeforeEach
    void start() {
        fixture = new CloudFixture();
        fixture.cloud.predictions().streaming(4, Duration.ofMillis(20));
        fixture.cloud.state().policies().grant("projects/acme-ml-qa", INVOKER, CALLER);
        gateway = new Rest(fixture, CALLER);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void an_endpoint_scores_every_instance_the_same_way_each_time() throws Exception {
        String body = "{\"instances\": [{\"age\": 40}, {\"age\": 41}]}";

        Answer first = gateway.post(FRAUD + ":predict", body);
        Answer again = gateway.post(FRAUD + ":predict", body);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(again.body());
        assertThat(first.body().at("/predictions")).hasSize(2);
        assertThat(first.text("/modelDisplayName")).isEqualTo("fraud");
        assertThat(first.text("/modelVersionId")).isEqualTo("3");
        assertThat(gateway.post(FRAUD + ":predict", "{}").text("/error/status")).isEqualTo("INVALID_ARGUMENT");
        assertThat(gateway.post(FRAUD + ":rawPredict", "any").body().at("/predictions"))
                .hasSize(1);
        assertThat(gateway.post(FRAUD + ":serverStreamingPredict", "{\"inputs\": [{\"doubleVal\": [1]}]}")
                        .body())
                .hasSize(4);
    }

    @Test
    void gemini_answers_with_usage_and_minds_its_limit() throws Exception {
        Answer whole = gateway.post("/v1/" + GEMINI + ":generateContent", ASK);
        Answer cut = gateway.post(
                "/v1beta1/" + GEMINI + ":generateContent",
                ASK.replace("]}]}", "]}], \"generationConfig\": {\"maxOutputTokens\": 3}}"));

        assertThat(whole.text("/candidates/0/content/parts/0/text")).contains("who calls most");
        assertThat(whole.text("/candidates/0/finishReason")).isEqualTo("STOP");
        assertThat(whole.text("/modelVersion")).isEqualTo("gemini-2.5-flash");
        assertThat(whole.body().at("/usageMetadata/promptTokenCount").asInt()).isEqualTo(3);
        assertThat(whole.text("/responseId")).isNotEmpty();
        assertThat(cut.text("/candidates/0/finishReason")).isEqualTo("MAX_TOKENS");
        assertThat(cut.body().at("/usageMetadata/candidatesTokenCount").asInt()).isEqualTo(3);
        assertThat(gateway.post("/v1/" + GEMINI + ":countTokens", ASK).text("/totalTokens"))
                .isEqualTo("3");
        assertThat(gateway.post("/v1/" + GEMINI + ":generateContent", "{}").status())
                .isEqualTo(400);
    }

    @Test
    void a_stream_comes_as_events_or_as_an_array() throws Exception {
        List<String> events = lines(GEMINI + ":streamGenerateContent?alt=sse", ASK);
        Answer array = gateway.post("/v1/" + GEMINI + ":streamGenerateContent", ASK);

        assertThat(events).hasSize(4).allMatch(line -> line.startsWith("data: {"));
        assertThat(array.body()).hasSize(4);
        assertThat(text(events)).isEqualTo(text(array.body()));
        assertThat(array.text("/3/candidates/0/finishReason")).isEqualTo("STOP");
        assertThat(array.body().at("/0/candidates/0").has("finishReason")).isFalse();
        assertThat(array.text("/3/usageMetadata/totalTokenCount")).isNotEmpty();
    }

    @Test
    void chunks_come_one_by_one() throws Exception {
        fixture.cloud.faults().nextPrediction(new PredictionFault.Stall(2));
        HttpResponse<Stream<String>> response = fixture.http.send(
                gateway.request("/v1/" + GEMINI + ":streamGenerateContent?alt=sse")
                        .POST(BodyPublishers.ofString(ASK))
                        .build(),
                BodyHandlers.ofLines());

        // the stream never ends, so what is read here came before its end
        try (Stream<String> lines = response.body()) {
            assertThat(lines.filter(line -> line.startsWith("data: ")).limit(2)).hasSize(2);
        }
    }

    @Test
    void other_publishers_speak_their_own_way() throws Exception {
        String claude = LOCATION + "/publishers/anthropic/models/claude-sonnet-4";
        String body =
                "{\"anthropic_version\": \"vertex-2023-10-16\", \"max_tokens\": 50, \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";

        Answer message = gateway.post("/v1/" + claude + ":rawPredict", body);
        List<String> events = lines(claude + ":streamRawPredict", body);
        Answer embedded = gateway.post(
                "/v1/" + LOCATION + "/publishers/google/models/text-embedding-005:predict",
                "{\"instances\": [{\"content\": \"a b\"}]}");

        assertThat(message.text("/stop_reason")).isEqualTo("end_turn");
        assertThat(events).startsWith("event: message_start").endsWith("data: {\"type\":\"message_stop\"}");
        assertThat(embedded.body()
                        .at("/predictions/0/embeddings/statistics/token_count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whoever_may_not_predict_learns_nothing_and_is_not_served() throws Exception {
        Answer denied = new Rest(fixture, "user:mallory@example.com").post("/v1/" + GEMINI + ":generateContent", ASK);
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.text("/error/message"))
                .isEqualTo("Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/"
                        + GEMINI + "' (or it may not exist).");

        fixture.cloud.state().policies().revoke("projects/acme-ml-qa", INVOKER, CALLER);
        assertThat(gateway.post(FRAUD + ":predict", "{\"instances\": [1]}").status())
                .isEqualTo(403);
        assertThat(fixture.cloud.predictions().received()).isEmpty();
    }

    @Test
    void what_arrived_can_be_read() throws Exception {
        gateway.post(FRAUD + ":predict", "{\"instances\": [9007199254740993]}");

        assertThat(fixture.cloud.predictions().received()).singleElement().satisfies(arrived -> {
            assertThat(arrived.body().toStringUtf8()).isEqualTo("{\"instances\": [9007199254740993]}");
            assertThat(arrived.principal()).isEqualTo(CALLER);
            assertThat(arrived.headers()).containsKey("authorization");
        });
        assertThat(fixture.cloud.calls().of("Predict")).singleElement().satisfies(call -> {
            assertThat(call.mutating()).isFalse();
            assertThat(call.code()).isEqualTo(Code.OK);
        });
    }

    @Test
    void a_missing_model_and_an_empty_endpoint_say_so() throws Exception {
        Rest owner = new Rest(fixture, ADMINISTRATOR);
        String missing = LOCATION + "/publishers/google/models/gemini-9";
        owner.post("/v1/" + LOCATION + "/endpoints?endpointId=empty", "{\"displayName\": \"empty\"}");
        fixture.cloud.state().clock().advance(Duration.ofSeconds(1));

        assertThat(gateway.post("/v1/" + missing + ":generateContent", ASK).status())
                .isEqualTo(404);
        assertThat(gateway.post("/v1/" + LOCATION + "/endpoints/none:predict", "{}")
                        .status())
                .isEqualTo(404);
        assertThat(gateway.post("/v1/" + LOCATION + "/endpoints/empty:predict", "{\"instances\": [1]}")
                        .text("/error/status"))
                .isEqualTo("FAILED_PRECONDITION");
    }

    @Test
    void faults_come_as_told() throws Exception {
        fixture.cloud.faults().nextPrediction(PredictionFault.exhausted());
        Answer exhausted = gateway.post("/v1/" + GEMINI + ":generateContent", ASK);
        assertThat(exhausted.status()).isEqualTo(429);
        assertThat(exhausted.text("/error/details/0/retryDelay")).isEqualTo("1s");

        fixture.cloud
                .faults()
                .nextPrediction(
                        new PredictionFault.Refuse(Code.INTERNAL, "Internal error encountered.", Optional.empty()));
        assertThat(gateway.post("/v1/" + GEMINI + ":generateContent", ASK).status())
                .isEqualTo(500);

        fixture.cloud.faults().nextPrediction(new PredictionFault.Cut(2));
        assertThatThrownBy(() -> gateway.post("/v1/" + GEMINI + ":streamGenerateContent", ASK))
                .isInstanceOf(IOException.class);
        fixture.cloud.faults().nextPrediction(new PredictionFault.Cut(0));
        assertThatThrownBy(() -> gateway.post(FRAUD + ":predict", "{\"instances\": [1]}"))
                .isInstanceOf(IOException.class);

        fixture.cloud.faults().nextPrediction(new PredictionFault.ErrorFrame(1, Code.INTERNAL, "it broke"));
        Answer broken = gateway.post("/v1/" + GEMINI + ":streamGenerateContent", ASK);
        assertThat(broken.body()).hasSize(2);
        assertThat(broken.text("/1/error/status")).isEqualTo("INTERNAL");

        assertThat(gateway.post("/v1/" + GEMINI + ":generateContent", ASK).status())
                .isEqualTo(200);
    }

    @Test
    void a_model_may_be_late_or_fall_silent() {
        fixture.cloud.faults().nextPrediction(new PredictionFault.Delay(Duration.ofMinutes(1)));
        fixture.cloud.faults().nextPrediction(new PredictionFault.Stall(2));

        assertThatThrownBy(() -> lines(GEMINI + ":generateContent", ASK, Duration.ofSeconds(1)))
                .isInstanceOf(HttpTimeoutException.class);
        var silent = fixture.http.sendAsync(
                gateway.request("/v1/" + GEMINI + ":streamGenerateContent")
                        .POST(BodyPublishers.ofString(ASK))
                        .build(),
                BodyHandlers.ofString());
        assertThatThrownBy(() -> silent.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        silent.cancel(true);
    }

    private List<String> lines(String path, String body) throws Exception {
        return lines(path, body, Duration.ofSeconds(40));
    }

    private List<String> lines(String path, String body, Duration patience) throws Exception {
        var request = gateway.request("/v1/" + path).timeout(patience).POST(BodyPublishers.ofString(body));
        return fixture.http
                .send(request.build(), BodyHandlers.ofLines())
                .body()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String text(List<String> events) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String event : events) {
            all.append(JSON.readTree(event.substring("data: ".length()))
                    .at("/candidates/0/content/parts/0/text")
                    .asText());
        }
        return all.toString();
    }

    private static String text(JsonNode chunks) {
        StringBuilder all = new StringBuilder();
        chunks.forEach(chunk ->
                all.append(chunk.at("/candidates/0/content/parts/0/text").asText()));
        return all.toString();
    }
}
