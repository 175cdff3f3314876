package dev.secureprediction.gateway.otlp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts to a collector (OTLP 1.x over HTTP with JSON). For background threads. */
final class OtlpClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE_CALL = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI target;

    /**
     * A client for one kind of signal.
     *
     * @param endpoint of the collector, as `OTEL_EXPORTER_OTLP_ENDPOINT` says
     * @param signal `traces` or `logs`
     */
    OtlpClient(URI endpoint, String signal) {
        String base = endpoint.toString();
        this.target = URI.create((base.endsWith("/") ? base : base + "/") + "v1/" + signal);
    }

    /**
     * Sends one request.
     *
     * @throws IOException when the collector did not take it
     */
    void post(byte[] json) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(WHOLE_CALL)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IOException("the collector answered " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
