package dev.secureprediction.cli.pages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.secureprediction.cli.PortForward;
import dev.secureprediction.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * `kubectl port-forward`, which the sandbox's node does not serve: a shell's function asks here, and the port of the page leads to the
 * Service. Ports of the pages are free ones of this machine, where others run tests too.
 */
final class ReadersPrograms implements AutoCloseable {

    private static final Pattern FORWARDED = Pattern.compile("(?m)^( *kubectl port-forward .*?) &$");
    private static final Pattern PORT = Pattern.compile("(127\\.0\\.0\\.1:|localhost:| )(844\\d)(?=$|[^\\d])");
    private static final Pattern NAMESPACE = Pattern.compile("(?m)^(?:-n|--namespace)[=\n](.*)$");
    private static final Pattern SERVICE = Pattern.compile("(?m)^service/(.*)$");
    private static final Pattern PORTS = Pattern.compile("(?m)^(\\d+):(\\d+)$");

    private final Sandbox sandbox;
    private final HttpServer server;
    private final Map<String, PortForward> byPort = new ConcurrentHashMap<>();

    ReadersPrograms(Sandbox sandbox) {
        this.sandbox = sandbox;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::forward);
        server.start();
    }

    /** Functions in place of the programs. */
    String functions() {
        return """
                kubectl() {
                  case "$1" in
                    port-forward) printf '%%s\\n' "$@" | command curl --silent --show-error --fail --data-binary @- http://127.0.0.1:%d/ ;;
                    *) command kubectl "$@" ;;
                  esac
                }
                gcloud() {
                  local parsed
                  while read -r parsed; do
                    case "$*" in "$parsed"*) printf '%%q ' "$@" >> "$PARSED_ONLY"; echo >> "$PARSED_ONLY"; return 0 ;; esac
                  done <<< "$PARSED_COMMANDS"
                  command gcloud "$@"
                }
                """.formatted(server.getAddress().getPort());
    }

    /** A block with ports that are free here, and without waiting for what would run on. */
    String withPorts(String text) {
        var stepwise = FORWARDED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
        return PORT.matcher(stepwise)
                .replaceAll(found -> found.group(1) // no dollar sign in it
                        + byPort.computeIfAbsent(found.group(2), port -> new PortForward())
                                .port());
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var target = lead(words);
            exchange.sendResponseHeaders(target.isPresent() ? 204 : 404, -1);
        }
    }

    private Optional<InetSocketAddress> lead(String words) {
        var ports = PORTS.matcher(words).results().findFirst();
        var local = ports.map(found -> Integer.parseInt(found.group(1)));
        var listening = byPort.values().stream()
                .filter(forward -> local.filter(port -> port == forward.port()).isPresent())
                .findFirst();
        var namespace = group(NAMESPACE, words);
        var service = group(SERVICE, words);
        if (listening.isEmpty() || namespace.isEmpty() || service.isEmpty()) {
            return Optional.empty();
        }
        var address = sandbox.node()
                .serviceAddress(
                        namespace.get(), service.get(), portName(namespace.get(), service.get(), ports.orElseThrow()));
        listening.get().leadTo(address);
        return Optional.of(address);
    }

    private String portName(String namespace, String service, MatchResult ports) {
        List<ServicePort> known = sandbox.client()
                .services()
                .inNamespace(namespace)
                .withName(service)
                .require()
                .getSpec()
                .getPorts();
        return known.stream()
                .filter(port -> port.getPort() == Integer.parseInt(ports.group(2)))
                .map(port -> Objects.requireNonNullElse(port.getName(), ""))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> group(Pattern pattern, String words) {
        return pattern.matcher(words).results().map(found -> found.group(1)).findFirst();
    }

    @Override
    public void close() {
        server.stop(0);
        byPort.values().forEach(PortForward::close);
    }
}
