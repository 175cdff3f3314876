package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** One question to a container: HTTP GET or a TCP connection. */
final class ProbeRequest {

    /** Headers that the JDK's client does not let one set. */
    private static final String HOST = "host";

    private final HttpClient http;
    private final Container container;
    private final String address;

    ProbeRequest(HttpClient http, Container container, String address) {
        this.http = http;
        this.container = container;
        this.address = address;
    }

    /** Empty when it succeeds, else why not. */
    Optional<String> ask(Probe probe) throws InterruptedException {
        var timeout = Duration.ofSeconds(
                Optional.ofNullable(probe.getTimeoutSeconds()).orElse(1));
        try {
            return probe.getHttpGet() != null
                    ? get(probe.getHttpGet(), timeout)
                    : connect(port(probe.getTcpSocket().getPort()), timeout);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> get(HTTPGetAction action, Duration timeout) throws IOException, InterruptedException {
        var scheme = "HTTPS".equals(action.getScheme()) ? "https" : "http";
        var host = Optional.ofNullable(action.getHost()).orElse(address);
        var path = Optional.ofNullable(action.getPath()).orElse("/");
        var request = HttpRequest.newBuilder(URI.create(scheme + "://" + host + ":" + port(action.getPort()) + path))
                .timeout(timeout)
                .header("User-Agent", "kube-probe/1.35");
        for (HTTPHeader header : action.getHttpHeaders()) {
            if (!header.getName().equalsIgnoreCase(HOST)) {
                request.header(header.getName(), header.getValue());
            }
        }
        var status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        return status >= 200 && status < 400
                ? Optional.empty()
                : Optional.of("HTTP probe failed with statuscode: " + status);
    }

    private Optional<String> connect(int port, Duration timeout) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
            return Optional.empty();
        }
    }

    private int port(IntOrString port) throws IOException {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(named -> port.getStrVal().equals(named.getName()))
                .findFirst()
                .orElseThrow(() -> new IOException("container has no port named " + port.getStrVal()))
                .getContainerPort();
    }
}
