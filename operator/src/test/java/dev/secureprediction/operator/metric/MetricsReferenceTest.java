package dev.secureprediction.operator.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.ReferencePage;
import dev.secureprediction.operator.api.Yaml;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of metrics is made of what the operator counts by. */
final class MetricsReferenceTest {

    private static final String HEAD = """
            # Metrics of the operator

            Generated from `OperatorMetric`; a test fails when this page is stale. Prometheus reads them at `/metrics` of the admin port. A summary has the series `_sum`, `_count`
            and `_max`. Reconcile durations, outcomes and queue depth are the framework's own, `operator_sdk_*`. [Alerts](../runbooks/) ask for these.

            | metric | type | labels | what it is |
            | --- | --- | --- | --- |
            """;

    @Test
    void thePageIsTheGeneratedOne() {
        var rows = Arrays.stream(OperatorMetric.values())
                .map(metric -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                metric.exposed(),
                                metric.kind().type(),
                                String.join(", ", metric.labels()),
                                metric.description()))
                .collect(Collectors.joining());

        ReferencePage.assertIsCurrent("operator-metrics.md", HEAD + rows);
    }

    @ParameterizedTest
    @EnumSource(OperatorMetric.class)
    void prometheusReadsTheNameOfThePage(OperatorMetric metric) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var tags = metric.tags(metric.labels().toArray(String[]::new));

        switch (metric.kind()) {
            case TIMER -> Timer.builder(metric.meter()).tags(tags).register(registry);
            case COUNTER -> Counter.builder(metric.meter()).tags(tags).register(registry);
            case GAUGE -> Gauge.builder(metric.meter(), () -> 1).tags(tags).register(registry);
        }

        assertThat(registry.scrape())
                .contains("# TYPE " + metric.exposed() + " " + metric.kind().type());
    }

    /** A meter that somebody makes by hand would be missing from the page. */
    @Test
    void nobodyCountsBesideTheEnum() throws IOException {
        var sources = Yaml.ROOT.resolve("operator/src/main/java");
        try (var files = Files.walk(sources)) {
            var byHand = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("OperatorMetric.java"))
                    .filter(file -> contains(file, "\"spe."))
                    .toList();

            assertThat(byHand).isEmpty();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
