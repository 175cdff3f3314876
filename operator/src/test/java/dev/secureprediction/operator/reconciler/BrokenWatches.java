package dev.secureprediction.operator.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An API server that lists ConfigMaps and breaks off every watch, the first with 410 Gone. The stock mock cannot: its watches
 * need an older Vert.x than this build has.
 */
final class BrokenWatches implements AutoCloseable {

    private static final String GONE = """
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410}}
            """;

    private final List<String> names = new CopyOnWriteArrayList<>(List.of("one"));
    private final AtomicInteger watches = new AtomicInteger();
    private final HttpServer server;

    BrokenWatches() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                        + server.getAddress().getPort())
                .withWatchReconnectInterval(50)
                .build();
    }

    void add(String name) {
        names.add(name);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var isWatch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
        var upgrades = exchange.getRequestHeaders().containsKey("Sec-websocket-key");
        if (!isWatch) {
            write(exchange, list());
        } else if (upgrades) { // a plain answer makes the client watch without a WebSocket
            write(exchange, "");
        } else {
            write(exchange, watches.incrementAndGet() == 1 ? GONE : "");
        }
    }

    private String list() {
        var items = names.stream()
                .map(name ->
                        "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"team\",\"resourceVersion\":\"10\"}}")
                .collect(Collectors.joining(","));
        return "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"10\"},\"items\":["
                + items + "]}";
    }

    private static void write(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes);
        }
    }
}
