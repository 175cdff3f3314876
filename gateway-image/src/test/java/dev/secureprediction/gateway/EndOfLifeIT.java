package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What callers see while a gateway reloads, loses its credential, and ends. */
final class EndOfLifeIT {
    private static final String BODY = "{\"instances\":[1]}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RELOADS = 5;
    private GatewayWorld world;

    @BeforeEach
    void start() {
        world = GatewayWorld.start(GatewayWorld.newFolder(), Policies::churn, Map.of("SPE_DRAIN_SECONDS", "4"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private int predict() {
        return world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY))
                .statusCode();
    }

    @Test
    @DisplayName("A97 a reload under load fails no call")
    void a97_reloadUnderLoad() throws Exception {
        // given a caller that calls without pause
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        Thread caller = Thread.startVirtualThread(() -> {
            while (!enough.get()) {
                (predict() == 200 ? served : failed).incrementAndGet();
            }
        });

        // when the policy changes again and again
        for (int i = 0; i < RELOADS; i++) {
            int timeout = 5_000 + i;
            int before = served.get();
            world.reload((issuer, model) -> Policies.churn(issuer, model).timeouts(2_000, timeout, 10_000, 60_000));
            Awaitility.await().atMost(PATIENCE).until(() -> served.get() > before + 3);
        }
        enough.set(true);
        caller.join();

        // then every call was served
        assertThat(failed.get()).isZero();
    }

    @Test
    @DisplayName("A100 a stream that outlasts the time to end gets a typed end")
    void a100_aStreamIsEndedByAnErrorEvent() throws Exception {
        // given a stream that would never end
        BlockingQueue<HttpResponseWriter> writers = new LinkedBlockingQueue<>();
        world.model().behave((context, request) -> {
            HttpResponseWriter writer = HttpResponse.streaming();
            writer.write(ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.EVENT_STREAM));
            writer.write(HttpData.ofUtf8("data: {\"n\":1}\n\n"));
            writers.add(writer);
            return writer;
        });
        var response = world.client()
                .send(
                        world.analystPosts(GatewayWorld.endpointPath("streamRawPredict"), BODY)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(writers.poll(20, TimeUnit.SECONDS)).isNotNull();

        // when the gateway is asked to end
        world.gateway().terminate();

        // then the stream ends with an error that says why, and so does its record
        try (InputStream body = response.body()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text)
                    .startsWith("data: {\"n\":1}\n\n")
                    .contains("SHUTTING_DOWN")
                    .endsWith("\n\n");
        }
        world.gateway().process().onExit().get(30, TimeUnit.SECONDS);
        JsonNode record = world.gateway().audit().getLast();
        assertThat(record.path("code").asText()).isEqualTo("SHUTTING_DOWN");
        Awaitility.await().atMost(PATIENCE).until(() -> world.model().abandoned() > 0);
    }

    @Test
    @DisplayName("A101 without the metadata server the token serves to its end, then calls get 503")
    void a101_metadataDown() {
        // given a gateway whose token lives for a few seconds more, because the one before was refused
        assertThat(predict()).isEqualTo(200);
        world.metadata().hands("short-lived", 12);
        world.model().behave((context, request) -> HttpResponse.of(HttpStatus.UNAUTHORIZED));
        assertThat(predict()).isGreaterThanOrEqualTo(500);
        world.model().behaveWell();
        Awaitility.await().atMost(PATIENCE).until(() -> predict() == 200);

        // when the metadata server is down
        world.metadata().down(true);

        // then calls are served with the token there is, and refused once it has ended
        assertThat(predict()).isEqualTo(200);
        Awaitility.await().atMost(PATIENCE).until(() -> predict() == 503);
        assertThat(world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY))
                        .body())
                .contains("CREDENTIAL_UNAVAILABLE");

        // and served again once there is another
        world.metadata().down(false);
        Awaitility.await().atMost(PATIENCE).until(() -> predict() == 200);
    }
}
