package dev.secureprediction.operator.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many calls gateways have ended, by their own metrics; only pods that run now are asked. */
public final class GatewayTraffic {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern ENDED =
            Pattern.compile("^spe_gateway_call_seconds_count\\{[^}]*code=\"([A-Z_]+)\"[^}]*} ([0-9.E+]+)$");

    /** Failures of the gateway or of the model; a refused call is no failure. */
    private static final Pattern FAILURE = Pattern.compile(
            "INTERNAL_ERROR|OVERLOADED|[A-Z_]+_UNAVAILABLE|UPSTREAM_(FAILED|INTERRUPTED|UNREACHABLE|BREAKER_OPEN|[A-Z_]+_TIMEOUT)");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Calls that have ended. */
    public record Calls(long all, long failed) {

        Calls plus(Calls other) {
            return new Calls(all + other.all, failed + other.failed);
        }
    }

    /** Those of all pods together; empty when one of them does not say. */
    public Optional<Calls> of(List<GatewayPod> pods) {
        Calls sum = new Calls(0, 0);
        for (GatewayPod pod : pods) {
            Optional<Calls> calls = of(pod);
            if (calls.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(calls.get());
        }
        return Optional.of(sum);
    }

    private Optional<Calls> of(GatewayPod pod) {
        String host = pod.address().indexOf(':') < 0 ? pod.address() : "[" + pod.address() + "]";
        var request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + pod.adminPort() + "/metrics"))
                .timeout(PATIENCE)
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(read(answer.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Reads the text format of Prometheus, version 0.0.4. */
    static Calls read(String metrics) {
        return metrics.lines()
                .map(ENDED::matcher)
                .filter(Matcher::matches)
                .map(line -> {
                    long count = (long) Double.parseDouble(line.group(2));
                    return new Calls(count, FAILURE.matcher(line.group(1)).matches() ? count : 0);
                })
                .reduce(new Calls(0, 0), Calls::plus);
    }
}
