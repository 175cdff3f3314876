package dev.secureprediction.sandbox.node.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.node.identity.WorkloadIdentity.PodAccount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The metadata server of one pod, on the pod's own address, with the paths that Google's libraries ask. Any process of this machine can
 * reach it: loopback has no network policy.
 */
public final class MetadataServer implements AutoCloseable {

    private static final String INSTANCE = "/computeMetadata/v1/instance/service-accounts/";

    /** A cached token is handed out until this little of its life is left, as GKE does. */
    private static final Duration RESERVE = Duration.ofMinutes(5);

    private final HttpServer server;
    private final WorkloadIdentity identity;
    private final PodAccount account;
    private final Map<List<String>, AccessToken> cached = new HashMap<>();

    private MetadataServer(HttpServer server, WorkloadIdentity identity, PodAccount account) {
        this.server = server;
        this.identity = identity;
        this.account = account;
    }

    /** Listens on a free port of that address. */
    public static MetadataServer start(String address, WorkloadIdentity identity, PodAccount account) {
        try {
            var server = HttpServer.create(new InetSocketAddress(address, 0), 0);
            var metadata = new MetadataServer(server, identity, account);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", metadata::answer);
            server.start();
            return metadata;
        } catch (IOException e) {
            throw new SandboxException("no metadata server on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Value of `GCE_METADATA_HOST`. */
    public String authority() {
        return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
            exchange.getResponseHeaders().set("Server", "GKE Metadata Server");
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/")) {
                send(exchange, 200, "text/plain", "computeMetadata/");
            } else if (!"Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))) {
                send(exchange, 403, "text/plain", "missing Metadata-Flavor: Google header\n");
            } else if (path.startsWith(INSTANCE)) {
                accounts(exchange, path.substring(INSTANCE.length()));
            } else {
                project(exchange, path);
            }
        }
    }

    private void project(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/computeMetadata/v1/project/project-id" -> send(exchange, 200, "text/plain", identity.project());
            case "/computeMetadata/v1/universe/universe-domain", "/computeMetadata/v1/universe/universe_domain" ->
                send(exchange, 200, "text/plain", "googleapis.com");
            default -> send(exchange, 404, "text/plain", "the sandbox's metadata server has no " + path + "\n");
        }
    }

    private void accounts(HttpExchange exchange, String path) throws IOException {
        var email = identity.email(account);
        if (path.isEmpty()) {
            send(exchange, 200, "text/plain", "default/\n" + email + "/\n");
            return;
        }
        var parts = path.split("/", 2);
        if (!parts[0].equals("default") && !parts[0].equals(email)) {
            send(exchange, 404, "text/plain", "no such service account\n");
            return;
        }
        switch (parts.length == 1 ? "" : parts[1]) {
            case "token" -> token(exchange);
            case "email" -> send(exchange, 200, "text/plain", email);
            case "scopes" -> send(exchange, 200, "text/plain", "https://www.googleapis.com/auth/cloud-platform\n");
            case "aliases" -> send(exchange, 200, "text/plain", "default\n");
            case "" -> listing(exchange, email);
            case "identity" ->
                send(exchange, 404, "text/plain", "the sandbox's metadata server issues no identity tokens\n");
            default -> send(exchange, 404, "text/plain", "no such entry\n");
        }
    }

    /** With {@code recursive=true} Google's Java and Go libraries ask for all entries as JSON. */
    private void listing(HttpExchange exchange, String email) throws IOException {
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        if (!query.contains("recursive=true")) {
            send(exchange, 200, "text/plain", "aliases\nemail\nidentity\nscopes\ntoken\n");
            return;
        }
        var json = new ObjectMapper().createObjectNode().put("email", email);
        json.putArray("aliases").add("default");
        json.putArray("scopes").add("https://www.googleapis.com/auth/cloud-platform");
        send(exchange, 200, "application/json", json.toString());
    }

    private void token(HttpExchange exchange) throws IOException {
        try {
            var token = token(scopes(exchange));
            var json = new ObjectMapper()
                    .createObjectNode()
                    .put("access_token", token.value())
                    .put(
                            "expires_in",
                            Duration.between(Instant.now(), token.expiresAt()).toSeconds())
                    .put("token_type", "Bearer");
            send(exchange, 200, "application/json", json.toString());
        } catch (IdentityException e) {
            send(exchange, e.status(), "text/plain", e.getMessage() + "\n");
        }
    }

    private synchronized AccessToken token(List<String> scopes) throws IdentityException {
        var known = cached.get(scopes);
        if (known != null && Instant.now().plus(RESERVE).isBefore(known.expiresAt())) {
            return known;
        }
        var fresh = identity.accessToken(account, scopes);
        cached.put(scopes, fresh);
        return fresh;
    }

    private static List<String> scopes(HttpExchange exchange) {
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        return Arrays.stream(query.split("&", -1))
                .filter(part -> part.startsWith("scopes="))
                .flatMap(
                        part -> Arrays.stream(part.substring("scopes=".length()).split(",", -1)))
                .filter(scope -> !scope.isEmpty())
                .sorted()
                .toList();
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
