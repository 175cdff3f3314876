package dev.secureprediction.operator.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves `/livez`, `/readyz` and `/metrics` (Prometheus text format) in plain HTTP. */
public final class HealthServer implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final HttpServer server;

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param ready whether the operator watches what it should; Google Cloud's health is no part of it
     * @param metrics the metrics' text
     */
    public static HealthServer start(InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) {
        try {
            var server = HttpServer.create(address, BACKLOG);
            server.createContext("/livez", exchange -> answer(exchange, 200, "text/plain", "ok\n"));
            server.createContext("/readyz", exchange -> {
                boolean isReady = ready.getAsBoolean();
                answer(exchange, isReady ? 200 : 503, "text/plain", isReady ? "ok\n" : "not ready\n");
            });
            server.createContext(
                    "/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4", metrics.get()));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return new HealthServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + " for health and metrics", e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
