package dev.secureprediction.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class HealthServerTest {

    private final AtomicBoolean ready = new AtomicBoolean();

    @Test
    void aProcessThatIsNotReadyIsAliveAllTheSame() throws Exception {
        try (var server = start()) {
            assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
            ready.set(true);
            assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsAreServedAsPrometheusReadsThem() throws Exception {
        try (var server = start()) {
            var answer = get(server, "/metrics");
            assertThat(answer.body()).isEqualTo("up 1\n");
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4");
        }
    }

    private HealthServer start() {
        return HealthServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ready::get, () -> "up 1\n");
    }

    private static HttpResponse<String> get(HealthServer server, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var address = URI.create(
                    "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.port() + path);
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
