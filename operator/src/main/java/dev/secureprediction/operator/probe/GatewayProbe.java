package dev.secureprediction.operator.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.status.OwnPermissions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Calls single gateway pods: their admin port, and their public port as any caller. */
public final class GatewayProbe {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE_CALL = Duration.ofSeconds(5);
    private static final Duration WITH_MODEL = Duration.ofSeconds(20);
    private static final long MAX_ANSWER = 65_536;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient admin = client().build();

    /** What a pod says of its policy; absent when its admin port gives no usable answer. */
    public Optional<LoadedPolicy> policy(GatewayPod pod) {
        try {
            var request = request("http", pod.address(), pod.adminPort(), "/policy")
                    .GET()
                    .build();
            var answer = send(admin, request);
            if (answer.statusCode() != 200) {
                return Optional.empty();
            }
            var said = JSON.readTree(answer.body());
            AuditWitness.note(pod, said.path("auditHead"));
            return Optional.of(read(said));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Somebody who calls one pod's public port, for several calls. */
    Caller caller(GatewayPod pod, Optional<ServerTrust> trust) {
        var builder = client();
        trust.ifPresent(expected -> builder.sslContext(NamedServerTrustManager.context(expected)));
        return new Caller(pod, trust.isPresent() ? "https" : "http", builder.build());
    }

    /** Calls one pod over one connection. */
    static final class Caller implements AutoCloseable {

        private final GatewayPod pod;
        private final String scheme;
        private final HttpClient client;

        private Caller(GatewayPod pod, String scheme, HttpClient client) {
            this.pod = pod;
            this.scheme = scheme;
            this.client = client;
        }

        HttpResponse<String> post(String path, Optional<String> token, String body) throws IOException {
            var request = request(scheme, pod.address(), pod.publicPort(), path)
                    .timeout(WITH_MODEL)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body));
            token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
            return send(client, request.build());
        }

        /** Why a call gave no answer, without host. */
        String reason(IOException e) {
            return e instanceof SSLException
                    ? "its certificate is not the expected one"
                    : "its public port gave no answer";
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }

    private static LoadedPolicy read(JsonNode answer) {
        var digest = text(answer.path("policyDigest"));
        var refusal = answer.path("lastRefusal");
        var reason = text(refusal.path("reason"));
        return new LoadedPolicy(
                digest,
                reason.map(why ->
                        new LoadedPolicy.Refusal(text(refusal.path("digest")).orElse(""), why)),
                permissions(answer.path("permissions")),
                text(answer.path("modelVersion")).filter(VersionName::isOne));
    }

    private static Optional<OwnPermissions> permissions(JsonNode answer) {
        return answer.isObject()
                ? Optional.of(new OwnPermissions(
                        texts(answer.path("missing")),
                        text(answer.path("missingSince")).flatMap(GatewayProbe::instant),
                        texts(answer.path("excess")),
                        texts(answer.path("unread"))))
                : Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(item -> text(item).ifPresent(texts::add));
        return texts;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static HttpRequest.Builder request(String scheme, String address, int port, String path) {
        var host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        return HttpRequest.newBuilder(URI.create(scheme + "://" + host + ":" + port + path))
                .timeout(WHOLE_CALL);
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
