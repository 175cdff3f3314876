package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.support.GatewayProcess;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.TestRedis;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.GatewayRules;
import dev.secureprediction.policy.model.GatewayRules.OnStoreFailure;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Limits;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Surface;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits over two replicas that share a real Redis, also while it is down. */
final class StoreAttacksIT {
    private static final String PATH = GatewayWorld.geminiPath("generateContent");
    private static final String BODY = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
    private static TestRedis redis;
    private static GatewayWorld world;
    private static GatewayProcess second;
    private static Path secret;
    private static int round;

    @BeforeAll
    static void start() {
        Path folder = GatewayWorld.newFolder();
        redis = TestRedis.start(folder);
        secret = redis.writeSecret(folder.resolve("store"));
        world = GatewayWorld.start(folder, Policies::gemini, Map.of("SPE_STORE_DIRECTORY", secret.toString()));
        second = world.replica();
    }

    @AfterAll
    static void stop() {
        second.close();
        world.close();
        redis.close();
    }

    @BeforeEach
    void calm() {
        world.model().behaveWell();
        world.model().forget();
    }

    private static BiFunction<String, String, Policies> limited(Limits limits, OnStoreFailure onFailure) {
        round++;
        Role role = new Role(
                "analyst" + round,
                List.of("okta"),
                "bindings.analysts in claims.groups",
                List.of(Action.Predict, Action.Stream),
                Optional.of(limits),
                DataRules.PLAIN_CONTENT,
                Optional.empty());
        return (issuer, model) -> Policies.gemini(issuer, model)
                .surfaces(Surface.GeminiGenerate)
                .roles(role)
                .gateway(new GatewayRules(2, Optional.of(onFailure), List.of(), List.of(), false));
    }

    private static void limit(Limits limits, OnStoreFailure onFailure) {
        world.reload(limited(limits, onFailure));
        Awaitility.await("the policy in force in the other replica")
                .atMost(Duration.ofSeconds(30))
                .until(() -> second.policy()
                        .path("policyDigest")
                        .asText()
                        .equals(world.gateway().policy().path("policyDigest").asText()));
    }

    private static Limits requests(long perMinute) {
        return new Limits(
                LimitScope.Subject, Optional.of(perMinute), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same call to either replica. */
    private static HttpRequest call(GatewayProcess replica) {
        return world.analystPosts(PATH, BODY)
                .uri(URI.create(replica.url() + PATH))
                .build();
    }

    private static List<HttpResponse<String>> callAtOnce(int times) {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            calls.add(world.client()
                    .sendAsync(call(i % 2 == 0 ? world.gateway() : second), HttpResponse.BodyHandlers.ofString()));
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static long passed(List<HttpResponse<String>> answers) {
        return answers.stream().filter(answer -> answer.statusCode() == 200).count();
    }

    @Test
    void a86OneCallTooManyInParallelOverTwoReplicas() {
        // given five requests a minute over all replicas
        limit(requests(5), OnStoreFailure.Refuse);

        // when six come at once, to both
        List<HttpResponse<String>> answers = callAtOnce(6);

        // then one is refused, wherever it came
        assertThat(passed(answers)).isEqualTo(5);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 429).hasSize(1);
        assertThat(world.model().requests()).hasSize(5);
        assertThat(redis.command("KEYS", "*")).doesNotContain("analyst").doesNotContain("example.com");
    }

    @Test
    void a86TokensAreOneBudgetOverTwoReplicas() {
        // given a budget for one call, wherever it comes
        limit(
                new Limits(
                        LimitScope.Subject, Optional.empty(), Optional.of(150L), Optional.of(100L), Optional.empty()),
                OnStoreFailure.Refuse);
        assertThat(passed(callAtOnce(6))).isEqualTo(1);
    }

    @Test
    void a86AStreamHoldsItsPlaceInBothReplicas() {
        // given two calls at a time, and a model that takes a while
        limit(
                new Limits(LimitScope.Subject, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2L)),
                OnStoreFailure.Refuse);
        world.model()
                .behave((context, request) -> com.linecorp.armeria.common.HttpResponse.delayed(
                        com.linecorp.armeria.common.HttpResponse.of(
                                com.linecorp.armeria.common.MediaType.JSON, "{\"candidates\":[]}"),
                        Duration.ofSeconds(2)));

        // then of six at once two pass, and later others
        assertThat(passed(callAtOnce(6))).isEqualTo(2);
        world.model().behaveWell();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> passed(callAtOnce(1)) == 1);
    }

    @Test
    void whereTheSecretNamesAnotherServerCallsAreCountedThere() {
        // given a caller who has used up its requests
        limit(requests(2), OnStoreFailure.Refuse);
        assertThat(passed(callAtOnce(4))).isEqualTo(2);

        // when the secret names another server
        try (TestRedis other = TestRedis.start(GatewayWorld.newFolder())) {
            other.writeSecret(secret);

            // then both replicas count there, and no longer here
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> passed(callAtOnce(2)) > 0);
            assertThat(other.command("KEYS", "*")).contains("spe:");
        }
        redis.writeSecret(secret);
        limit(requests(1_000), OnStoreFailure.Refuse);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> passed(callAtOnce(2)) == 2);
    }

    @Test
    void a89WithoutItsStoreAReplicaTakesItsShareOrRefusesAsThePolicySaysAndTheRecordSaysSo() {
        // given four requests a minute over all, half of them for each replica alone
        limit(requests(4), OnStoreFailure.Local);
        assertThat(passed(callAtOnce(2))).isEqualTo(2);

        // when the store crashes
        redis.stop();

        // then each replica lets its share through, no more, and says that it counts alone
        List<HttpResponse<String>> answers = callAtOnce(12);
        assertThat(passed(answers)).isEqualTo(4);
        String passed = answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .findFirst()
                .flatMap(answer -> answer.headers().firstValue("x-request-id"))
                .orElseThrow();
        assertThat(world.gateway().audit().stream()
                                .anyMatch(call -> call.path("limits").asText().equals("FALLBACK"))
                        || second.audit().stream()
                                .anyMatch(call -> call.path("limits").asText().equals("FALLBACK")))
                .as("audited, " + passed)
                .isTrue();

        // and where the policy says so, nobody gets through
        limit(requests(4), OnStoreFailure.Refuse);
        HttpResponse<String> refused = callAtOnce(1).getFirst();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("STORE_UNAVAILABLE").contains("UNAVAILABLE");
        assertThat(world.gateway()
                        .audit(refused.headers().firstValue("x-request-id").orElseThrow())
                        .path("code")
                        .asText())
                .isEqualTo("STORE_UNAVAILABLE");

        // and when it is back, it is asked again
        redis.startAgain();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> passed(callAtOnce(1)) == 1);
        assertThat(world.gateway().output() + second.output()).doesNotContain(TestRedis.password());
    }
}
