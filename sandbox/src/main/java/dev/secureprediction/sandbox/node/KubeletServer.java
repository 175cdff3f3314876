package dev.secureprediction.sandbox.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** What the API server asks of a kubelet: container logs. Exec, attach and port-forward are refused. */
final class KubeletServer implements AutoCloseable {

    private static final long FOLLOW_PAUSE_MILLIS = 200;

    private final HttpsServer server;
    private final NodeContext node;

    private KubeletServer(HttpsServer server, NodeContext node) {
        this.server = server;
        this.node = node;
    }

    /**
     * Listens on a free port of the node.
     *
     * @param client the only certificate that is let in, that of the API server
     */
    static KubeletServer start(NodeContext node, Authority authority, X509Certificate client) {
        try {
            var server = HttpsServer.create(new InetSocketAddress(node.address(), 0), 0);
            var context = KubeletTls.context(authority.certificate(node.address()), client);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    var tls = context.getDefaultSSLParameters();
                    tls.setNeedClientAuth(true);
                    parameters.setSSLParameters(tls);
                }
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var kubelet = new KubeletServer(server, node);
            server.createContext("/", kubelet::answer);
            server.start();
            return kubelet;
        } catch (IOException e) {
            throw new SandboxException("the node cannot listen on " + node.address() + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var parts = exchange.getRequestURI().getPath().split("/", -1);
            if (parts.length == 5 && parts[1].equals("containerLogs")) {
                logs(exchange, parts[2], parts[3], parts[4]);
            } else {
                refuse(exchange, 501, "the sandbox's node serves logs only, not " + parts[1]);
            }
        }
    }

    private void logs(HttpExchange exchange, String namespace, String pod, String container) throws IOException {
        var query = query(exchange);
        var folder =
                node.workFolder().path().resolve("logs/pods").resolve(namespace).resolve(pod);
        var runs = Files.isDirectory(folder) ? runs(folder, container) : java.util.List.<Path>of();
        var index = runs.size() - (query.getOrDefault("previous", "false").equals("true") ? 2 : 1);
        if (index < 0) {
            refuse(exchange, 404, "container " + container + " of pod " + pod + " has no such log");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 0);
        var tail = Optional.ofNullable(query.get("tailLines")).map(Long::parseLong);
        var follow = query.getOrDefault("follow", "false").equals("true");
        copy(runs.get(index), exchange.getResponseBody(), tail, follow);
    }

    private static java.util.List<Path> runs(Path folder, String container) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\Q" + container + "\\E-\\d+\\.log"))
                    .sorted(java.util.Comparator.comparingInt(file -> Integer.parseInt(file.getFileName()
                            .toString()
                            .substring(container.length() + 1)
                            .replace(".log", ""))))
                    .toList();
        }
    }

    /** Following ends when the client goes away or the sandbox ends, which removes the file. */
    private static void copy(Path log, OutputStream target, Optional<Long> tail, boolean follow) throws IOException {
        try (var source = Files.newInputStream(log)) {
            var text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            if (tail.isPresent()) {
                var count = text.lines().count();
                text = text.lines()
                        .skip(Math.max(0, count - tail.get()))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
            }
            target.write(text.getBytes(StandardCharsets.UTF_8));
            target.flush();
            while (follow && Files.exists(log)) {
                var more = source.readAllBytes();
                target.write(more);
                target.flush();
                java.util.concurrent.locks.LockSupport.parkNanos(FOLLOW_PAUSE_MILLIS * 1_000_000);
            }
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        return Arrays.stream(Optional.ofNullable(exchange.getRequestURI().getQuery())
                        .orElse("")
                        .split("&", -1))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (first, second) -> first));
    }

    private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        var bytes = (message + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
