package dev.secureprediction.gateway.permission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Over https with the JDK's client. */
final class HttpPermissionQuestions implements PermissionQuestions {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 64 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    @Override
    public Set<String> held(String url, Carrier carrier, List<String> permissions, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                switch (carrier) { // names of permissions are letters and dots, so nothing needs an escape
                    case Query ->
                        HttpRequest.newBuilder(
                                        URI.create(url + "?permissions=" + String.join("&permissions=", permissions)))
                                .POST(HttpRequest.BodyPublishers.noBody());
                    case Body ->
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"permissions\":[\"" + String.join("\",\"", permissions) + "\"]}"));
                };
        HttpResponse<byte[]> response = client.send(
                request.timeout(TIMEOUT).header("Authorization", authorization).build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES));
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        Set<String> held = new LinkedHashSet<>();
        try (JsonParser parser = JSON.createParser(response.body())) {
            // {"permissions": ["…"]}; the member is absent when none is held
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    held.add(parser.getText());
                }
            }
        }
        held.retainAll(permissions);
        return held;
    }
}
