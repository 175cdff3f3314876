package dev.secureprediction.sandbox.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the API server was asked, by whom. Health checks and the control plane's own reads are not kept. */
public final class AuditLog {

    /** One place for reads of system users would be most of the log. */
    static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived, ResponseStarted]
            rules:
            - {level: None, nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi*", "/api", "/api/*", "/apis", "/apis/*"]}
            - {level: None, users: ["system:apiserver", "system:kube-controller-manager"], verbs: [get, list, watch]}
            - {level: None, userGroups: ["system:serviceaccounts:kube-system"], verbs: [get, list, watch]}
            - {level: Metadata}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /** The log itself: one JSON object of kind {@code audit.k8s.io/v1 Event} per line. */
    public Path file() {
        return file;
    }

    /** The present end of the log, for {@link #since}. */
    public long mark() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests that finished after that mark. */
    public List<AuditedRequest> since(long mark) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var channel = Files.newInputStream(file)) {
            channel.skipNBytes(mark);
            var text = new String(channel.readAllBytes(), StandardCharsets.UTF_8);
            // a last line without an end is still being written
            var whole = text.substring(0, text.lastIndexOf('\n') + 1);
            return whole.lines().map(AuditLog::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<AuditedRequest> all() {
        return since(0);
    }

    private static AuditedRequest parse(String line) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        var object = event.path("objectRef");
        var subresource = object.path("subresource").asText("");
        var resource = object.path("resource").asText("");
        return new AuditedRequest(
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                event.path("user").path("username").asText(),
                Optional.ofNullable(
                        event.path("impersonatedUser").path("username").textValue()),
                event.path("userAgent").asText(""),
                event.path("verb").asText(),
                subresource.isEmpty() ? resource : resource + "/" + subresource,
                object.path("namespace").asText(""),
                object.path("name").asText(""),
                event.path("responseStatus").path("code").asInt());
    }
}
