package dev.secureprediction.gateway.support;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.nimbusds.jose.JWSAlgorithm;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls of every kind, many enough for the JVM to learn which code is hot (JEP 515): a path that is not seen here runs
 * slowly at first, and seeing it later makes the others slow again.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a call that fails trains something too
final class TrainingLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MAX_FAILURES = 100;
    private static final int CALLS = 16_000;
    private static final int AT_ONCE = 16;
    private static final int CALLERS = 200;
    private static final int LARGE = 64 * 1024;
    private static final String INSTANCE = "{\"tenure\":12,\"monthly\":70.35,\"contract\":\"Month-to-month\"}";

    private final GatewayWorld world;
    private final HttpClient client;
    private final AtomicInteger failures = new AtomicInteger();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final List<String> tokens = new ArrayList<>();
    private final String small = body(1_024);
    private final String large = body(LARGE);

    TrainingLoad(GatewayWorld world, HttpClient client) {
        this.world = world;
        this.client = client;
        for (int i = 0; i < CALLERS; i++) {
            tokens.add(token(i));
        }
    }

    void run() throws InterruptedException {
        world.model().behave((context, request) -> request.path().contains("tream") ? stream() : prediction());
        for (int i = 0; i < CALLS; i++) {
            send(next(i), i % 8 == 0 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
            if (i % 1_000 == 0) {
                world.model().forget();
            }
        }
        places.acquire(AT_ONCE);
    }

    private HttpRequest.Builder next(int i) {
        String known = tokens.get(i % CALLERS);
        return switch (i % 40) {
            case 5 -> world.postsWith(token(CALLERS + i), GatewayWorld.endpointPath("predict"), small);
            case 25 ->
                world.postsWith(token(CALLERS + i, JWSAlgorithm.ES256), GatewayWorld.endpointPath("predict"), small);
            case 9 -> world.postsWith(known, GatewayWorld.endpointPath("predict"), large);
            case 13 -> world.postsWith(known, GatewayWorld.endpointPath("streamRawPredict"), small);
            case 17 -> world.postsWith(known, GatewayWorld.endpointPath("rawPredict"), small);
            case 21 -> world.postsWith("x.y.z", GatewayWorld.endpointPath("predict"), small);
            case 29 -> world.postsWith(known, GatewayWorld.endpointPath("predict"), "{\"instances\":");
            case 33 -> world.postsWith(known, "/v1/projects/other/nothing", small);
            default -> world.postsWith(known, GatewayWorld.endpointPath("predict"), small);
        };
    }

    private void send(HttpRequest.Builder request, HttpClient.Version version) throws InterruptedException {
        places.acquire();
        if (failures.get() > MAX_FAILURES) {
            throw new IllegalStateException("the gateway does not answer");
        }
        client.sendAsync(request.version(version).timeout(PATIENCE).build(), BodyHandlers.discarding())
                .whenComplete((answered, failed) -> {
                    if (failed != null) {
                        failures.incrementAndGet();
                    }
                    places.release();
                });
    }

    private String token(int subject) {
        return token(subject, JWSAlgorithm.RS256);
    }

    private String token(int subject, JWSAlgorithm algorithm) {
        return world.issuer()
                .newToken()
                .algorithm(algorithm)
                .subject("analyst-" + subject + "@example.com")
                .claim("groups", List.of("everyone", "ml-analysts-qa"))
                .audience(Policies.AUDIENCE)
                .build();
    }

    private static HttpResponse prediction() {
        return HttpResponse.of(
                HttpStatus.OK, MediaType.JSON_UTF_8, "{\"predictions\":[" + "0.123,".repeat(180) + "1]}");
    }

    private static HttpResponse stream() {
        var writer = HttpResponse.streaming();
        writer.write(ResponseHeaders.of(
                HttpStatus.OK, com.linecorp.armeria.common.HttpHeaderNames.CONTENT_TYPE, "text/event-stream"));
        for (int i = 0; i < 20; i++) {
            writer.write(com.linecorp.armeria.common.HttpData.ofUtf8(
                    "data: {\"text\":\"piece " + i + "\",\"usageMetadata\":{\"totalTokenCount\":" + i + "}}\n\n"));
        }
        writer.close();
        return writer;
    }

    private static String body(int bytes) {
        StringBuilder body = new StringBuilder("{\"instances\":[").append(INSTANCE);
        while (body.length() + INSTANCE.length() + 3 < bytes) {
            body.append(',').append(INSTANCE);
        }
        return body.append("]}").toString();
    }
}
