package dev.secureprediction.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A container for tests: says what it sees, and crashes on demand. */
public final class TinyServer {

    private static final int PORT = 8080;

    private final List<String> arguments;
    private final AtomicBoolean ready = new AtomicBoolean(true);

    private TinyServer(List<String> arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] arguments) throws IOException {
        if (List.of(arguments).contains("crash")) {
            System.exit(3);
        }
        var server = HttpServer.create(new InetSocketAddress(System.getenv("ADDRESS"), PORT), 0);
        var tiny = new TinyServer(List.of(arguments));
        server.createContext("/", tiny::answer);
        server.start();
        System.out.println("listening on " + System.getenv("ADDRESS"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("going down")));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        switch (path) {
            case "/healthz" -> send(exchange, 200, "ok");
            case "/readyz" -> send(exchange, ready.get() ? 200 : 503, "");
            case "/unready" -> {
                ready.set(false);
                send(exchange, 200, "");
            }
            case "/file" -> send(exchange, 200, Files.readString(Path.of(System.getenv(query))));
            case "/env" -> send(exchange, 200, Map.copyOf(System.getenv()).getOrDefault(query, "<absent>"));
            case "/fetch" -> send(exchange, 200, metadata(query));
            case "/arguments" -> send(exchange, 200, String.join("\n", arguments));
            case "/crash" -> Runtime.getRuntime().halt(Integer.parseInt(query));
            default -> send(exchange, 404, "");
        }
    }

    /** Asks the pod's metadata server, as Google's libraries do. */
    private static String metadata(String path) throws IOException {
        var host = System.getenv("GCE_METADATA_HOST");
        var request = HttpRequest.newBuilder(URI.create("http://" + host + path))
                .header("Metadata-Flavor", "Google")
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
