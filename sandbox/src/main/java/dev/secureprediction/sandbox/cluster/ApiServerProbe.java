package dev.secureprediction.sandbox.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Asks `/readyz` of an API server that may not listen yet. */
final class ApiServerProbe {

    private final HttpRequest request;
    private final SSLContext trust;

    ApiServerProbe(String server, SSLContext trust) {
        this.request = HttpRequest.newBuilder(URI.create(server + "/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        this.trust = trust;
    }

    boolean ready() {
        try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException notYet) {
            return false;
        }
    }
}
