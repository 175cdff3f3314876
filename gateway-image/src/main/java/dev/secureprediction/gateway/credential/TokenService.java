package dev.secureprediction.gateway.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for tokens; blocks. Follows no redirect, reads little, and no failure of it holds anything of an answer. */
final class TokenService {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 64 * 1024;
    private static final long MAX_SECONDS = 86_400;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** A good answer, a JSON object. */
    record Reply(HttpResponse<byte[]> response, JsonNode json) {

        /** A header; empty where it is not there once. */
        String header(String name) {
            var values = response.headers().allValues(name.toLowerCase(Locale.ROOT));
            return values.size() == 1 ? values.getFirst() : "";
        }

        String text(String member) throws IOException {
            JsonNode value = json.path(member);
            if (!value.isTextual() || value.textValue().isEmpty()) {
                throw new IOException("an answer without " + member);
            }
            return value.textValue();
        }

        long seconds(String member) throws IOException {
            JsonNode value = json.path(member);
            if (!value.canConvertToLong() || value.longValue() <= 0 || value.longValue() > MAX_SECONDS) {
                throw new IOException("an answer without " + member);
            }
            return value.longValue();
        }
    }

    Reply ask(HttpRequest.Builder request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(
                request.timeout(TIMEOUT).header("Accept", "application/json").build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            // the client's own timeout ends with the headers; this one covers the body
            HttpResponse<byte[]> response = call.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return new Reply(response, json(response.body()));
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            call.cancel(true);
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new IOException("an answer that is not JSON");
        }
    }
}
