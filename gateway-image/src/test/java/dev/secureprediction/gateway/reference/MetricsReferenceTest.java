package dev.secureprediction.gateway.reference;

import dev.secureprediction.gateway.metrics.GatewayMetric;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of metrics is made of what the gateway counts by. */
final class MetricsReferenceTest {

    private static final String HEAD = """
            # Metrics of a gateway

            Generated from `GatewayMetric`; a test fails when this page is stale. Prometheus reads them at `/metrics` of the admin port. Labels take values of enums and the
            policy's own names alone, so that no caller can make a new series. A histogram has the series `_bucket`, `_sum` and `_count`.

            | metric | type | labels | what it is |
            | --- | --- | --- | --- |
            """;

    @Test
    void thePageIsTheGeneratedOne() {
        String rows = Arrays.stream(GatewayMetric.values())
                .map(metric -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                metric.exposed(),
                                metric.kind().type(),
                                String.join(", ", metric.labels()),
                                metric.description()))
                .collect(Collectors.joining());

        ReferencePage.assertIsCurrent("gateway-metrics.md", HEAD + rows);
    }
}
