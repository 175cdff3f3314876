package dev.secureprediction.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests as gcloud and Python's REST clients make them. */
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer: status and body. */
    record Answer(int status, JsonNode body) {

        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    private final CloudFixture fixture;
    private final String token;

    Rest(CloudFixture fixture, String principal) {
        this.fixture = fixture;
        this.token = fixture.cloud.state().accessToken(principal);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    Answer patch(String path, String body) throws IOException, InterruptedException {
        return send("PATCH", path, body);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(fixture.cloud.url() + path))
                .header("authorization", "Bearer " + token);
    }

    private Answer send(String method, String path, String body) throws IOException, InterruptedException {
        var request = request(path);
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body)).header("content-type", "application/json");
        }
        HttpResponse<String> response = fixture.http.send(request.build(), BodyHandlers.ofString());
        // a path that no service has is answered without JSON
        boolean json = response.headers().firstValue("content-type").orElse("").startsWith("application/json");
        return new Answer(
                response.statusCode(),
                json ? JSON.readTree(response.body()) : JSON.getNodeFactory().missingNode());
    }
}
