package dev.secureprediction.operator.resolve;

import java.net.URI;
import java.util.Optional;

/**
 * Where gateways send what they tell by OpenTelemetry (OTLP over HTTP, JSON).
 *
 * @param collector base URL, http or https with a host; absent: nothing is sent
 * @param audit whether audit records go there as well, and count as written only when it took them
 */
public record Telemetry(Optional<URI> collector, boolean audit) {

    /** Nothing is sent. */
    public static final Telemetry NONE = new Telemetry(Optional.empty(), false);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the flag and what it takes
     */
    public Telemetry {
        if (collector.isPresent() && !isUsable(collector.get())) {
            throw new IllegalArgumentException("--otlp-endpoint: expected an http or https URL with a host");
        }
        if (audit && collector.isEmpty()) {
            throw new IllegalArgumentException("--otlp-audit: needs --otlp-endpoint");
        }
    }

    private static boolean isUsable(URI url) {
        return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }

    /** TCP port of the collector. */
    public static int port(URI collector) {
        if (collector.getPort() >= 0) {
            return collector.getPort();
        }
        return "https".equals(collector.getScheme()) ? 443 : 80;
    }

    /** Namespace of a collector that is a Service of this cluster, as in `collector.monitoring.svc`. */
    public static Optional<String> namespace(URI collector) {
        String[] labels = collector.getHost().split("\\.", -1);
        return labels.length >= 3 && labels[2].equals("svc") ? Optional.of(labels[1]) : Optional.empty();
    }
}
