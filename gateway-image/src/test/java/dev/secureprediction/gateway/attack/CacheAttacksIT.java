package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.TestRedis;
import dev.secureprediction.policy.codec.RevocationsCodec;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.CacheRule;
import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.GatewayRules.OnStoreFailure;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.ResponseRules;
import dev.secureprediction.policy.model.Revocations;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on kept answers; each test asks something that nobody asked before. */
final class CacheAttacksIT {
    private static final String PATH = GatewayWorld.geminiPath("generateContent");
    private static final String WHOLE =
            "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"secret answer\"}]},\"finishReason\":\"STOP\"}]}";
    private static final String ANALYST = "analyst@example.com";
    private static final String SCIENTIST = "scientist@example.com";
    private static TestRedis redis;
    private static GatewayWorld world;
    private static int question;

    @BeforeAll
    static void start() {
        Path folder = GatewayWorld.newFolder();
        redis = TestRedis.start(folder);
        Path secret = redis.writeSecret(folder.resolve("store"));
        world = GatewayWorld.start(
                folder, policy(LimitScope.Subject), Map.of("SPE_STORE_DIRECTORY", secret.toString()));
    }

    @AfterAll
    static void stop() {
        world.close();
        redis.close();
    }

    private static BiFunction<String, String, Policies> policy(LimitScope scope) {
        return (issuer, model) -> Policies.gemini(issuer, model)
                .surfaces(Surface.GeminiGenerate)
                .roles(Role.plain(
                        "reader", List.of("okta"), "size(claims.groups) > 0", List.of(Action.Predict, Action.Stream)))
                .response(new ResponseRules(Optional.of(new CacheRule(300, scope)), List.of(), List.of(), List.of()));
    }

    @BeforeEach
    void calm() {
        question++;
        modelSays(HttpStatus.OK, WHOLE);
        world.model().forget();
    }

    private static void modelSays(HttpStatus status, String body) {
        world.model()
                .behave((context, request) ->
                        com.linecorp.armeria.common.HttpResponse.of(status, MediaType.JSON, body));
    }

    private static String body(String more) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"question " + question + "\"}]}]" + more + "}";
    }

    private static String cold() {
        return body(",\"generationConfig\":{\"temperature\":0}");
    }

    private static HttpRequest.Builder request(String person, String body) {
        return world.postsWith(world.issuer().token(person, Policies.AUDIENCE), PATH, body);
    }

    private static HttpResponse<String> ask(String person, String body) {
        return world.send(request(person, body));
    }

    private static JsonNode record(HttpResponse<String> response) {
        return world.gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow());
    }

    private static void assertAsked(int times) {
        assertThat(world.model().requests()).hasSize(times);
    }

    @Test
    void a79TheSameBodyOfAnotherCallerIsAskedAnew() {
        // given an answer to an analyst, kept for her
        assertThat(record(ask(ANALYST, cold())).path("cache").asText()).isEqualTo("Miss");
        HttpResponse<String> again = ask(ANALYST, cold());
        assertThat(again.body()).isEqualTo(WHOLE);
        JsonNode hit = record(again);
        assertThat(hit.path("cache").asText()).isEqualTo("Hit");
        assertThat(hit.path("cacheAgeSeconds").isNumber()).isTrue();
        assertAsked(1);

        // then somebody else gets an answer of his own, and no key is shown
        assertThat(ask(SCIENTIST, cold()).statusCode()).isEqualTo(200);
        assertAsked(2);
        assertThat(again.headers().map().keySet()).noneMatch(name -> name.contains("cache-key"));
        ObjectNode shown = ((ObjectNode) hit).without("chain");
        assertThat(shown.toString()).doesNotContainPattern("\"[0-9a-f]{64}\"");
    }

    @Test
    void a80WhoIsRevokedGetsNoKeptAnswer() throws IOException {
        // given an answer kept for the scientist
        ask(SCIENTIST, cold());
        assertThat(ask(SCIENTIST, cold()).statusCode()).isEqualTo(200);
        assertAsked(1);

        // when he is revoked
        String subject = record(ask(SCIENTIST, cold())).path("subject").asText();
        Path file = world.policyDirectory().resolve("revocations.json");
        Policies.replace(
                file,
                RevocationsCodec.write(new Revocations(List.of(new Revocations.Subject("okta", subject)), List.of())));

        // then he gets nothing
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ask(SCIENTIST, cold()).statusCode() == 401);
        Policies.replace(file, RevocationsCodec.write(Revocations.NONE));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ask(SCIENTIST, cold()).statusCode() == 200);
    }

    @Test
    void a81AnotherPolicyOrModelKnowsNoKeptAnswer() {
        // given an answer
        ask(ANALYST, cold());
        assertAsked(1);

        // when the policy changes in whatever
        world.reload((issuer, model) ->
                policy(LimitScope.Subject).apply(issuer, model).timeouts(2_000, 9_999, 10_000, 60_000));

        // then it is asked anew
        ask(ANALYST, cold());
        assertAsked(2);

        // and another model has never been asked
        world.reload((issuer, model) ->
                policy(LimitScope.Subject).apply(issuer, model).model(new Model.Publisher("google", "gemini-2.5-pro")));
        HttpResponse<String> other = world.send(world.postsWith(
                world.issuer().token(ANALYST, Policies.AUDIENCE),
                PATH.replace("gemini-2.5-flash", "gemini-2.5-pro"),
                cold()));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(200);
        assertAsked(3);
        world.reload(policy(LimitScope.Subject));
    }

    @Test
    void a81AnswersOfADeployedModelAreNeverKeptSinceItsVersionMayChange() {
        // given a model on an endpoint, whose answers may be kept as far as the policy goes
        world.reload((issuer, model) -> Policies.churn(issuer, model)
                .response(new ResponseRules(
                        Optional.of(new CacheRule(300, LimitScope.Subject)), List.of(), List.of(), List.of())));
        modelSays(HttpStatus.OK, "{\"predictions\":[1]}");

        // then each of two equal calls comes to it
        String body = "{\"instances\":[{\"question\":" + question + "}],\"parameters\":{\"temperature\":0}}";
        for (int i = 0; i < 2; i++) {
            assertThat(world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), body))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertAsked(2);
        world.reload(policy(LimitScope.Subject));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"MAX_TOKENS\"}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"SAFETY\"}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]}",
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":\"b\"}}}]},\"finishReason\":\"STOP\"}]}",
                "{\"error\":{\"code\":500}}",
                "not json"
            })
    void a82WhatIsNotAWholePlainAnswerIsNeverKept(String answer) {
        modelSays(HttpStatus.OK, answer);
        ask(ANALYST, cold());
        modelSays(HttpStatus.OK, WHOLE);
        assertThat(ask(ANALYST, cold()).body()).isEqualTo(WHOLE);
        assertAsked(2);
    }

    @Test
    void a82AnErrorIsNeverKept() {
        modelSays(HttpStatus.BAD_REQUEST, "{\"error\":{\"code\":400}}");
        assertThat(ask(ANALYST, cold()).statusCode()).isEqualTo(400);
        modelSays(HttpStatus.OK, WHOLE);
        assertThat(ask(ANALYST, cold()).statusCode()).isEqualTo(200);
        assertAsked(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"generationConfig\":{\"temperature\":0.1}",
                ",\"generationConfig\":{\"maxOutputTokens\":9}",
            })
    void a82WhatMayBeAnsweredOtherwiseIsNeverKept(String more) {
        ask(ANALYST, body(more));
        ask(ANALYST, body(more));
        assertAsked(2);
    }

    @Test
    void a82WhoAsksForNoStoringGetsAFreshAnswerThatIsNotKept() {
        for (int i = 0; i < 2; i++) {
            world.send(request(ANALYST, cold()).header("Cache-Control", "no-store"));
        }
        ask(ANALYST, cold());
        assertAsked(3);
    }

    @Test
    void a82AMissingTenantSharesNothing() {
        // given a cache for tenants, and callers without one
        world.reload(policy(LimitScope.Tenant));
        ask(ANALYST, cold());
        ask(ANALYST, cold());
        assertAsked(2);
        world.reload(policy(LimitScope.Subject));
    }

    @Test
    void a84AStampedeIsOneCallToTheModel() {
        // given a model that takes a while
        world.model()
                .behave((context, request) -> com.linecorp.armeria.common.HttpResponse.delayed(
                        com.linecorp.armeria.common.HttpResponse.of(MediaType.JSON, WHOLE), Duration.ofSeconds(1)));

        // when fifty equal calls come
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 50)
                .mapToObj(i -> world.client()
                        .sendAsync(request(ANALYST, cold()).build(), HttpResponse.BodyHandlers.ofString()))
                .toList();

        // then all are answered by one
        assertThat(calls).allSatisfy(call -> assertThat(call.join().body()).isEqualTo(WHOLE));
        assertAsked(1);
    }

    @Test
    void whatLiesInTheStoreIsUnreadableThereAndBoundToItsKey() {
        // given an answer kept for all replicas
        world.reload((issuer, model) -> policy(LimitScope.Subject)
                .apply(issuer, model)
                .gateway(new GatewayRules(1, Optional.of(OnStoreFailure.Local), List.of(), List.of(), false)));
        ask(ANALYST, cold());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> redis.command("KEYS", "spe:a:*").contains("spe:a:"));
        assertThat(ask(ANALYST, cold()).body()).isEqualTo(WHOLE);
        assertAsked(1);

        // then nobody reads it there
        String key = redis.command("KEYS", "spe:a:*")
                .lines()
                .filter(line -> line.startsWith("spe:a:"))
                .findFirst()
                .orElseThrow();
        assertThat(redis.command("GET", key)).doesNotContain("secret answer").doesNotContain("candidates");

        // and what somebody changed there is no answer
        redis.command("SET", key, "tampered");
        assertThat(ask(ANALYST, cold()).body()).isEqualTo(WHOLE);
        assertAsked(2);
        world.reload(policy(LimitScope.Subject));
    }
}
