package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.Retries;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks on what callers may use; each test begins under a policy, and so a budget, of its own. */
final class LimitAttacksIT {
    private static final String ONCE = GatewayWorld.geminiPath("generateContent");
    private static final String STREAM = GatewayWorld.geminiPath("streamGenerateContent") + "?alt=sse";
    private static final String BODY =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + Attacked.CANARY + "\"}]}]}";
    private static Attacked attacked;
    private static int round;

    private final BlockingQueue<HttpResponseWriter> writers = new LinkedBlockingQueue<>();
    private HttpResponseWriter model = com.linecorp.armeria.common.HttpResponse.streaming();

    @BeforeAll
    static void start() {
        attacked = Attacked.start(Policies::gemini);
    }

    @AfterAll
    static void stop() {
        attacked.close();
    }

    /** Also a model that was left alone is called again. */
    @BeforeEach
    void calm() {
        attacked.calm();
        limit(requests(1_000));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(30))
                .until(() -> call().statusCode() == 200);
        attacked.calm();
    }

    /** A role called differently each time counts from nothing. */
    private static void limit(Limits limits) {
        limit(limits, 0);
    }

    private static void limit(Limits limits, int retryPercent) {
        round++;
        Role role = new Role(
                "analyst" + round,
                List.of("okta"),
                "bindings.analysts in claims.groups",
                List.of(Action.Predict, Action.Stream),
                Optional.of(limits),
                DataRules.PLAIN_CONTENT,
                Optional.empty());
        attacked.world()
                .reload((issuer, model) -> Policies.gemini(issuer, model)
                        .surfaces(Surface.GeminiGenerate)
                        .roles(role)
                        .retries(new Retries(retryPercent)));
    }

    private static Limits requests(long perMinute) {
        return new Limits(
                LimitScope.Subject, Optional.of(perMinute), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Limits tokens(long perMinute, long output) {
        return new Limits(
                LimitScope.Subject, Optional.empty(), Optional.of(perMinute), Optional.of(output), Optional.empty());
    }

    private static HttpResponse<String> call() {
        return attacked.send(attacked.world().analystPosts(ONCE, BODY));
    }

    /** In Google's shape, with nothing of the request; the record says why; the model hears nothing of it. */
    private static void assertLimited(HttpResponse<String> response, int status, String reason) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        Attacked.assertGoogleError(status, response.body());
        assertThat(response.body()).doesNotContain(Attacked.CANARY);
        JsonNode record = attacked.world()
                .gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow());
        assertThat(record.path("reason").asText(record.path("code").asText())).isEqualTo(reason);
        attacked.assertNothingUpstream();
    }

    private void modelStreams() {
        attacked.world().model().behave((context, request) -> {
            HttpResponseWriter writer = com.linecorp.armeria.common.HttpResponse.streaming();
            writer.write(ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.EVENT_STREAM));
            writers.add(writer);
            return writer;
        });
    }

    private HttpResponseWriter writer() throws InterruptedException {
        HttpResponseWriter writer = writers.poll(20, TimeUnit.SECONDS);
        assertThat(writer).as("the model was called").isNotNull();
        return writer;
    }

    /** A stream whose first event is there: the head goes out with it. */
    private HttpResponse<InputStream> open() throws InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> opened = attacked.world()
                .client()
                .sendAsync(
                        attacked.world().analystPosts(STREAM, BODY).build(), HttpResponse.BodyHandlers.ofInputStream());
        model = writer();
        model.write(HttpData.ofUtf8("data: {\"candidates\":[]}\n\n"));
        return opened.join();
    }

    private static void modelSays(HttpStatus status, String body) {
        attacked.world()
                .model()
                .behave((context, request) ->
                        com.linecorp.armeria.common.HttpResponse.of(status, MediaType.JSON, body));
    }

    @Test
    void a91TooManyRequestsSayWhenToComeBackInTheSurfacesOwnShape() {
        // given three requests a minute, all used at once
        limit(requests(3));
        assertThat(IntStream.range(0, 3).map(i -> call().statusCode())).containsOnly(200);
        attacked.world().model().forget();

        // when there is a fourth
        HttpResponse<String> refused = call();

        // then it is refused in Google's shape, shortly, and the model hears nothing of it
        assertLimited(refused, 429, "REQUESTS_EXHAUSTED:LOCAL");
        assertThat(refused.body()).contains("RESOURCE_EXHAUSTED").contains("google.rpc.RetryInfo");
        assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 30L);
        assertThat(refused.headers().firstValue("ratelimit-policy")).hasValue("\"requests\";q=3;w=60");
        assertThat(refused.headers().firstValue("ratelimit").orElse("")).startsWith("\"requests\";r=0;t=");
    }

    @Test
    void a91RefusedCallsInParallelLetNoMoreThrough() {
        // given four requests a minute
        limit(requests(4));

        // when forty come at once
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 40)
                .mapToObj(i -> attacked.world()
                        .client()
                        .sendAsync(
                                attacked.world().analystPosts(ONCE, BODY).build(),
                                HttpResponse.BodyHandlers.ofString()))
                .toList();

        // then four pass
        assertThat(calls.stream().filter(call -> call.join().statusCode() == 200))
                .hasSize(4);
        assertThat(attacked.world().model().requests()).hasSize(4);
    }

    @Test
    void a91AStreamHoldsItsPlaceUntilItEnds() throws Exception {
        // given one call at a time, and a stream that runs
        limit(new Limits(LimitScope.Subject, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(1L)));
        modelStreams();
        HttpResponse<InputStream> running = open();

        // then another is refused
        assertThat(call().statusCode()).isEqualTo(429);

        // and when the caller leaves, the place is free
        running.body().close();
        attacked.calm();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> call().statusCode() == 200);
        model.close();
    }

    @Test
    void a62AnAnswerLargerThanTheRoleAllowsIsRefusedAndAMissingCapIsSet() {
        // given answers of at most 64 tokens
        limit(tokens(100_000, 64));

        // then asking for more is refused
        HttpResponse<String> refused = attacked.send(attacked.world()
                .analystPosts(ONCE, BODY.replaceFirst("\\{", "{\"generationConfig\":{\"maxOutputTokens\":65},")));
        assertLimited(refused, 403, "OUTPUT_CAP");

        // and who asks for nothing gets that
        assertThat(call().statusCode()).isEqualTo(200);
        assertThat(attacked.world().model().onlyRequest().contentUtf8())
                .contains("\"maxOutputTokens\":64")
                .contains(Attacked.CANARY);
    }

    @Test
    void a91TokensAreSettledOnWhatWasUsed() {
        // given a budget of 200 tokens, answers that may use 100 of them and use 10
        limit(tokens(200, 100));
        modelSays(HttpStatus.OK, "{\"candidates\":[],\"usageMetadata\":{\"totalTokenCount\":10}}");

        // then more calls pass than the reserve alone would allow
        assertThat(IntStream.range(0, 4).map(i -> call().statusCode())).containsOnly(200);
        assertThat(attacked.world().gateway().admin("/metrics"))
                .contains("spe_gateway_limits_total{counted=\"LOCAL\"}");

        // and after one that used a thousand, none does
        modelSays(HttpStatus.OK, "{\"candidates\":[],\"usageMetadata\":{\"totalTokenCount\":1000}}");
        assertThat(call().statusCode()).isEqualTo(200);
        attacked.world().model().forget();
        assertLimited(call(), 429, "TOKENS_EXHAUSTED:LOCAL");
    }

    @Test
    void a73WhoLeavesPaysForWhatWasReserved() throws Exception {
        // given a budget that is enough for one such call
        limit(tokens(200, 150));
        modelStreams();
        HttpResponse<InputStream> response = open();

        // when the caller leaves before the end
        response.body().close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> attacked.world().model().abandoned() == 1);

        // then the model has stopped, and the tokens are gone
        JsonNode record = attacked.world()
                .gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow());
        assertThat(record.path("code").asText()).isEqualTo("CLIENT_GONE");
        assertThat(record.path("tokensReserved").asLong()).isGreaterThan(150);
        attacked.calm();
        assertLimited(call(), 429, "TOKENS_EXHAUSTED:LOCAL");
    }

    @Test
    void a78NothingIsRepeatedAfterTheFirstByte() throws Exception {
        // given a budget for repeating whatever fails, saved up by good calls
        limit(requests(1_000), 100);
        assertThat(IntStream.range(0, 3).map(i -> call().statusCode())).containsOnly(200);
        attacked.world().model().forget();

        // when a stream breaks off behind its first event
        modelStreams();
        HttpResponse<InputStream> response = open();
        model.abort();
        response.body().readAllBytes();

        // then the model was asked once
        assertThat(attacked.world().model().requests()).hasSize(1);
    }

    @Test
    void a92ABusyModelIsAskedOnceMoreAfterTheTimeItSays() {
        // given a model that is busy once
        limit(requests(1_000), 100);
        assertThat(IntStream.range(0, 3).map(i -> call().statusCode())).containsOnly(200);
        attacked.world().model().forget();
        attacked.world()
                .model()
                .behave((context, request) ->
                        attacked.world().model().requests().size() == 1
                                ? com.linecorp.armeria.common.HttpResponse.of(
                                        HttpStatus.TOO_MANY_REQUESTS,
                                        MediaType.JSON,
                                        "{\"error\":{\"code\":429,\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1s\"}]}}")
                                : com.linecorp.armeria.common.HttpResponse.of(MediaType.JSON, "{\"candidates\":[]}"));

        // then the caller never hears of it
        HttpResponse<String> response = call();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(attacked.world().model().requests()).hasSize(2);
        JsonNode record = attacked.world()
                .gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow());
        assertThat(record.path("retried").asBoolean()).isTrue();
    }

    @Test
    void a92AStormIsNotMadeWorseAndTheModelIsLeftAlone() {
        // given a model that refuses everything, and a budget of 10 %
        limit(requests(100_000), 10);
        modelSays(HttpStatus.TOO_MANY_REQUESTS, "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}");

        // when a thousand calls come
        int refused = 0;
        for (int batch = 0; batch < 20; batch++) {
            refused += (int) IntStream.range(0, 50)
                    .mapToObj(i -> attacked.world()
                            .client()
                            .sendAsync(
                                    attacked.world().analystPosts(ONCE, BODY).build(),
                                    HttpResponse.BodyHandlers.ofString()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.statusCode() >= 429)
                    .count();
        }

        // then all are refused, few of them by the model, and no more than the budget were repeated
        assertThat(refused).isEqualTo(1_000);
        int asked = attacked.world().model().requests().size();
        assertThat(asked).isBetween(1, 550);
        assertThat(attacked.world().gateway().admin("/metrics")).contains("spe_gateway_breaker_open{");
        JsonNode open = attacked.world()
                .gateway()
                .auditWhere(call -> call.path("code").asText().equals("UPSTREAM_BREAKER_OPEN"));
        assertThat(open.path("status").asInt()).isEqualTo(503);

        // and a model that has recovered is found out by one call
        attacked.world().model().behaveWell();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(20))
                .until(() -> call().statusCode() == 200);
    }
}
