package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.GatewayRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the public port does around a call: cross-origin pages, compression, the address of a caller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EdgeIT {
    private static final String BODY = "{\"instances\":[1]}";
    private static final String PAGE = "https://chat.example.com";
    private static final int AT_ONCE = 50;

    private GatewayWorld world;

    @BeforeAll
    void start() {
        world = GatewayWorld.start(GatewayWorld.newFolder(), EdgeIT::policy);
    }

    /** One page may call; this machine's own addresses are proxies. */
    private static Policies policy(String issuer, String model) {
        return Policies.churn(issuer, model)
                .gateway(new GatewayRules(1, Optional.empty(), List.of("127.0.0.0/8"), List.of(PAGE), false));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @BeforeEach
    void calm() {
        world.model().behaveWell();
        world.model().forget();
    }

    private HttpRequest.Builder call() {
        return world.analystPosts(GatewayWorld.endpointPath("predict"), BODY);
    }

    private HttpRequest.Builder preflight(String origin) {
        return HttpRequest.newBuilder(URI.create(world.gateway().url() + GatewayWorld.endpointPath("predict")))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type");
    }

    @Test
    void aListedPageMayCallAndReadAnswersAndErrors() {
        // when its browser asks, without a token
        var asked = world.send(preflight(PAGE));

        // then it is told yes
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("access-control-allow-origin")).contains(PAGE);
        assertThat(asked.headers().firstValue("access-control-allow-headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("authorization"));
        assertThat(asked.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();

        // and it may read what comes, an error as well
        var served = world.send(call().header("Origin", PAGE));
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("access-control-allow-origin")).contains(PAGE);
        var refused = world.send(call().header("Origin", PAGE).setHeader("Authorization", "Bearer x.y.z"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("access-control-allow-origin")).contains(PAGE);
    }

    @Test
    void otherPagesGetWhatAnybodyWithoutATokenGets() {
        for (String other :
                List.of("https://chat.example.com.evil.test", "http://chat.example.com", "null", PAGE + "/")) {
            var asked = world.send(preflight(other));
            assertThat(asked.statusCode()).as(other).isEqualTo(401);
            assertThat(asked.headers().map()).doesNotContainKey("access-control-allow-origin");
            assertThat(world.send(call().header("Origin", other)).headers().map())
                    .doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void aLongAnswerIsCompressedForWhoAsksAndForNobodyElse() throws Exception {
        // given an answer worth compressing
        String answer = "{\"predictions\":[" + "0.12345678901234567,".repeat(2_000) + "9007199254740993]}";
        world.model().behave((context, request) -> HttpResponse.of(MediaType.JSON, answer));

        // when a caller takes gzip, it gets that, and every byte of it
        var packed = world.client()
                .send(call().header("Accept-Encoding", "gzip, deflate, br").build(), BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(packed.body().length).isLessThan(answer.length() / 4);
        assertThat(unpacked(packed.body())).isEqualTo(answer);

        // when it does not, or says that it does not, it gets plain bytes
        assertThat(world.send(call()).body()).isEqualTo(answer);
        var refusing = world.send(call().header("Accept-Encoding", "gzip;q=0, identity"));
        assertThat(refusing.headers().firstValue("content-encoding")).isEmpty();
        assertThat(refusing.body()).isEqualTo(answer);
    }

    @Test
    void aStreamIsNeverCompressed() {
        String events = "data: {\"a\":\"" + "x".repeat(10_000) + "\"}\n\n";
        world.model().behave((context, request) -> HttpResponse.of(MediaType.EVENT_STREAM, events));

        var answer = world.send(world.analystPosts(GatewayWorld.endpointPath("streamRawPredict"), BODY)
                .header("Accept-Encoding", "gzip"));

        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo(events);
    }

    @Test
    void theAddressThatATrustedProxySaysIsAudited() {
        var answer = world.send(call().header("X-Forwarded-For", "1.1.1.1, 192.0.2.77"));

        JsonNode record = world.gateway()
                .audit(answer.headers().firstValue("x-request-id").orElseThrow());
        assertThat(record.path("clientAddress").asText()).isEqualTo("192.0.2.77");
    }

    @Test
    @DisplayName("A93 a flood of forged tokens costs no signature work past a cap by address")
    void a93_forgedTokens() {
        // given a token that was seen, and one whose signature is changed
        String good = world.issuer().token("analyst@example.com", Policies.AUDIENCE);
        HttpRequest.Builder known =
                call().setHeader("Authorization", "Bearer " + good).header("X-Forwarded-For", "198.51.100.9");
        assertThat(world.send(known).statusCode()).isEqualTo(200);
        int dot = good.lastIndexOf('.');
        String forged =
                good.substring(0, dot + 1) + (good.charAt(dot + 1) == 'A' ? 'B' : 'A') + good.substring(dot + 2);

        // when an address sends it over and over, many at a time
        HttpRequest.Builder flood =
                call().setHeader("Authorization", "Bearer " + forged).header("X-Forwarded-For", "198.51.100.9");
        List<Integer> statuses = new ArrayList<>();
        long began = System.nanoTime();
        Awaitility.await("the cap")
                .atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    statuses.addAll(atOnce(flood.build()));
                    return statuses.contains(429);
                });
        statuses.addAll(atOnce(flood.build()));
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        // then no more signatures are looked at than the address has in reserve and gets back
        assertThat(Set.copyOf(statuses)).containsExactlyInAnyOrder(401, 429);
        long looked = statuses.stream().filter(status -> status == 401).count();
        assertThat(looked).isLessThanOrEqualTo(100 + 10 * (took.toSeconds() + 1) + AT_ONCE);

        // and tokens that were seen, and other addresses, go on
        assertThat(world.send(known).statusCode()).isEqualTo(200);
        assertThat(world.send(call().header("X-Forwarded-For", "198.51.100.10")).statusCode())
                .isEqualTo(200);
    }

    private List<Integer> atOnce(HttpRequest request) {
        List<CompletableFuture<java.net.http.HttpResponse<Void>>> answers = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> world.client().sendAsync(request, BodyHandlers.discarding()))
                .toList();
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private static String unpacked(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
