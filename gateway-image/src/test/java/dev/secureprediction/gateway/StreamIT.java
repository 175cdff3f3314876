package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams: piece by piece, with deadlines, and never ending as if they were complete when they are not. */
final class StreamIT {
    private static final String BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
    private static final String STREAM = GatewayWorld.geminiPath("streamGenerateContent");
    private static final String USAGE =
            "\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":2,\"totalTokenCount\":11}";
    private static GatewayWorld world;

    /** What the model writes on when a test wants to decide when. */
    private final BlockingQueue<HttpResponseWriter> writers = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        world = GatewayWorld.start(
                GatewayWorld.newFolder(),
                (issuer, model) -> Policies.gemini(issuer, model).timeouts(2_000, 2_000, 1_500, 30_000));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.model().forget();
    }

    private void modelStreams(MediaType type) {
        world.model().behave((context, request) -> {
            HttpResponseWriter writer = HttpResponse.streaming();
            writer.write(
                    ResponseHeaders.of(HttpStatus.OK, com.linecorp.armeria.common.HttpHeaderNames.CONTENT_TYPE, type));
            writers.add(writer);
            return writer;
        });
    }

    private HttpResponseWriter writer() throws InterruptedException {
        HttpResponseWriter writer = writers.poll(20, TimeUnit.SECONDS);
        assertThat(writer).as("the model was called").isNotNull();
        return writer;
    }

    private static java.net.http.HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return world.client()
                .send(world.analystPosts(path, BODY).build(), java.net.http.HttpResponse.BodyHandlers.ofInputStream());
    }

    private static JsonNode record(java.net.http.HttpResponse<?> response) {
        return world.gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow());
    }

    @Test
    void eventsArriveOneByOneAndTheLastTellsTheTokensUsed() throws Exception {
        // given a model that sends an event only after the one before has arrived
        modelStreams(MediaType.EVENT_STREAM);
        var response = open(STREAM + "?alt=sse");
        HttpResponseWriter model = writer();
        var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));

        // when it sends three
        for (int i = 0; i < 3; i++) {
            model.write(HttpData.ofUtf8("data: {\"n\":" + i + "," + USAGE + "}\n\n"));
            // then each is there before the next is sent
            assertThat(lines.readLine()).startsWith("data: {\"n\":" + i);
            assertThat(lines.readLine()).isEmpty();
        }
        model.close();

        // and the stream ends, with its tokens in the record
        assertThat(lines.readLine()).isNull();
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(record(response).path("tokens").path("total").asInt()).isEqualTo(11);
        assertThat(record(response).path("action").asText()).isEqualTo("Stream");
        assertThat(world.model().onlyRequest().path()).isEqualTo(STREAM + "?alt=sse");
    }

    @Test
    void anArrayIsStreamedAsItIs() throws Exception {
        // given a model that streams a JSON array in pieces that respect nothing
        modelStreams(MediaType.JSON);
        var response = open(STREAM);
        HttpResponseWriter model = writer();
        model.write(HttpData.ofUtf8("[{\"candidates\":[]"));
        model.write(HttpData.ofUtf8(",\"usageMeta"));
        model.write(HttpData.ofUtf8("data\":{\"totalTokenCount\":5}}\n]"));
        model.close();

        // then the caller gets the same text
        String all = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(all).isEqualTo("[{\"candidates\":[],\"usageMetadata\":{\"totalTokenCount\":5}}\n]");
        assertThat(record(response).path("tokens").path("total").asInt()).isEqualTo(5);
    }

    @Test
    void aModelThatFallsSilentEndsAnEventStreamWithAnErrorEvent() throws Exception {
        // given a stream whose model falls silent in the middle of an event
        modelStreams(MediaType.EVENT_STREAM);
        var response = open(STREAM + "?alt=sse");
        writer().write(HttpData.ofUtf8("data: {\"n\":1}\n\ndata: {\"n\":"));

        // then the caller gets an error event of its own, after the idle deadline
        String all = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(all).startsWith("data: {\"n\":1}\n\n").contains("\n\ndata: {\"error\":{\"code\":504");
        assertThat(record(response).path("code").asText()).isEqualTo("UPSTREAM_IDLE_TIMEOUT");

        // and the model's side is closed
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> world.model().abandoned() == 1);
    }

    @Test
    void anArrayThatIsInterruptedIsCutNotClosed() throws Exception {
        // given an array whose model falls silent
        modelStreams(MediaType.JSON);
        var response = open(STREAM);
        writer().write(HttpData.ofUtf8("[{\"n\":1}"));

        // then the caller cannot take it for complete
        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
        assertThat(record(response).path("code").asText()).isEqualTo("UPSTREAM_IDLE_TIMEOUT");
    }

    @Test
    void aModelThatBreaksOffIsNotTakenForComplete() throws Exception {
        // given a stream that the model aborts
        modelStreams(MediaType.EVENT_STREAM);
        var response = open(STREAM + "?alt=sse");
        HttpResponseWriter model = writer();
        model.write(HttpData.ofUtf8("data: {\"n\":1}\n\n"));
        InputStream body = response.body();
        assertThat(body.readNBytes(15)).isNotEmpty();
        model.abort();

        // then an error event says so
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("UPSTREAM_INTERRUPTED");
        assertThat(record(response).path("code").asText()).isEqualTo("UPSTREAM_INTERRUPTED");
    }

    @Test
    void aModelThatAnswersTooLateIsGivenUp() {
        // given a model that takes longer than the first byte may take
        world.model()
                .behave((context, request) ->
                        HttpResponse.delayed(HttpResponse.of(MediaType.JSON, "{}"), Duration.ofSeconds(20)));

        // when it is called
        var response = world.send(world.analystPosts(GatewayWorld.geminiPath("generateContent"), BODY));

        // then the caller is told in Google's shape, and nobody waits on
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("DEADLINE_EXCEEDED").contains("UPSTREAM_FIRST_BYTE_TIMEOUT");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> world.model().abandoned() == 1);
    }

    @Test
    void aCallerWhoLeavesEndsTheModelsWork() throws Exception {
        // given a running stream
        modelStreams(MediaType.EVENT_STREAM);
        var response = open(STREAM + "?alt=sse");
        HttpResponseWriter model = writer();
        model.write(HttpData.ofUtf8("data: {\"n\":1," + USAGE + "}\n\n"));
        assertThat(response.body().readNBytes(15)).isNotEmpty();

        // when the caller leaves
        long left = System.nanoTime();
        response.body().close();

        // then the model's side is closed within a second, and the record has what was used
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .until(() -> world.model().abandoned() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
        JsonNode record = record(response);
        assertThat(record.path("code").asText()).isEqualTo("CLIENT_GONE");
        assertThat(record.path("tokens").path("total").asInt()).isEqualTo(11);
    }

    @Test
    void aRoleWithoutStreamingMayNotStream() {
        // given a scientist, whose role only predicts
        String token = world.issuer().token("scientist@example.com", Policies.AUDIENCE);

        // then streaming is denied and a single answer is not
        assertThat(world.send(world.postsWith(token, STREAM, BODY)).statusCode())
                .isEqualTo(403);
        world.model().behaveWell();
        assertThat(world.send(world.postsWith(token, GatewayWorld.geminiPath("generateContent"), BODY))
                        .statusCode())
                .isEqualTo(200);
    }
}
