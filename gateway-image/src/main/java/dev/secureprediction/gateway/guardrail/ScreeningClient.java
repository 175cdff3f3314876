package dev.secureprediction.gateway.guardrail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/** Asks over TLS, follows no redirect, and reads answers of bounded size. */
final class ScreeningClient {
    private static final long MAX_ANSWER = 256 << 10;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build());

    private final HttpClient client;

    private ScreeningClient(HttpClient client) {
        this.client = client;
    }

    /**
     * A client.
     *
     * @param trust certificates to trust; absent: the JVM's
     */
    static ScreeningClient trusting(Optional<SSLContext> trust, Executor executor) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor);
        trust.ifPresent(builder::sslContext);
        return new ScreeningClient(builder.build());
    }

    static JsonMapper json() {
        return MAPPER;
    }

    /** What is answered to this JSON; fails for any status but 200. */
    CompletableFuture<JsonNode> post(String url, Map<String, String> headers, JsonNode body, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(body)));
        headers.forEach(request::header);
        return client.sendAsync(
                        request.build(),
                        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER))
                .thenApply(response -> {
                    if (response.statusCode() != 200) {
                        throw new ScreeningFailedException("STATUS_" + response.statusCode());
                    }
                    return read(response.body());
                })
                // the request's own deadline ends with the answer's head
                .orTimeout(timeout.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new ScreeningFailedException("UNWRITABLE");
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new ScreeningFailedException("NO_JSON");
        }
    }
}
