package dev.secureprediction.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import dev.secureprediction.operator.probe.Probe;
import dev.secureprediction.operator.probe.Verdict;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts ask for metrics that there are, and each has a runbook. */
final class AlertsTest {

    private static final Pattern METRIC = Pattern.compile("spe_[a-z_]+");

    @Test
    void everyAlertHasARunbook() {
        for (JsonNode alert : alerts()) {
            String runbook = alert.path("annotations").path("runbook").asText();
            assertThat(runbook).isEqualTo("docs/runbooks/" + alert.path("alert").asText() + ".md");
            assertThat(Yaml.ROOT.resolve(runbook)).isNotEmptyFile();
        }
    }

    @Test
    void everyMetricAskedForIsThere() {
        // given what the operator counts
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProofLedger ledger = new ProofLedger(Clock.systemUTC(), () -> 0.5);
        new ProofMetrics(registry, ledger, Clock.systemUTC())
                .count(List.of(
                        new Verdict.LetThrough(Probe.NoToken), new Verdict.Wrong(Probe.NoRole, "answered with 500")));
        registry.counter("spe.events", "kind", "SecurePredictionEndpoint", "reason", "DriftDetected")
                .increment();
        registry.timer("spe.google.calls", "method", "IAM.GetRole", "code", "UNAVAILABLE")
                .record(Duration.ofMillis(1));
        registry.gauge("spe.endpoints", Tags.of("environment", "qa", "condition", "Stalled", "status", "True"), 1);
        registry.gauge("spe.leading", 1);
        registry.counter("spe.drift.found", "environment", "qa").increment();
        var environment = new PredictionEnvironment();
        environment.setMetadata(new ObjectMetaBuilder().withName("qa").build());
        new EnvironmentMetrics(registry).told(environment, EnvironmentStatus.EMPTY, true);
        String scraped = registry.scrape();
        // then
        for (JsonNode alert : alerts()) {
            METRIC.matcher(alert.path("expr").asText())
                    .results()
                    .forEach(metric -> assertThat(scraped).contains("\n" + metric.group()));
        }
    }

    private static List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        Yaml.documents(Yaml.ROOT.resolve("operator/src/main/prometheus/alerts.yaml"))
                .getFirst()
                .path("groups")
                .forEach(group -> group.path("rules").forEach(alerts::add));
        assertThat(alerts).isNotEmpty();
        return alerts;
    }
}
