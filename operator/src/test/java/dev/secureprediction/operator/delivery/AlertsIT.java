package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.sandbox.junit.GoProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts fire when they should and at no other time, by Prometheus's own word. */
final class AlertsIT {

    private static final Path RULES = Yaml.ROOT.resolve("operator/src/main/prometheus/alerts.yaml");
    private static final Path CASES = Yaml.ROOT.resolve("operator/src/test/prometheus/alerts.test.yaml");

    // without the ways to find targets, of which a test of rules needs none
    private final GoProgram promtool =
            GoProgram.provide("promtool", "github.com/prometheus/prometheus/cmd/promtool", "", "remove_all_sd");

    @Test
    void everyCaseHolds() {
        assertThat(promtool(CASES))
                .satisfies(result -> assertThat(result.exitCode())
                        .as(result.output() + result.errors())
                        .isZero());
    }

    @Test
    void aRuleThatNeverFiresIsFound(@TempDir Path folder) throws IOException {
        // given rules one of which was spoiled
        var rules = Files.readString(RULES);
        var spoiled = rules.replace("increase(spe_probes_total{outcome=\"let_through\"}[15m])", "spe_probes_totall");
        assertThat(spoiled).isNotEqualTo(rules);
        Files.writeString(folder.resolve("alerts.yaml"), spoiled);
        var cases = Files.writeString(
                folder.resolve("cases.yaml"),
                Files.readString(CASES).replace("../../main/prometheus/alerts.yaml", "alerts.yaml"));

        assertThat(promtool(cases).exitCode()).isNotZero();
    }

    @Test
    void everyAlertIsSeenToFire() {
        Set<String> seen = new TreeSet<>();
        Yaml.documents(CASES)
                .getFirst()
                .path("tests")
                .forEach(test -> test.path("alert_rule_test").forEach(moment -> {
                    if (!moment.path("exp_alerts").isEmpty()) {
                        seen.add(moment.path("alertname").asText());
                    }
                }));
        Set<String> alerts = new TreeSet<>();
        for (JsonNode group : Yaml.documents(RULES).getFirst().path("groups")) {
            group.path("rules").forEach(rule -> alerts.add(rule.path("alert").asText()));
        }
        assertThat(seen).isEqualTo(alerts);
    }

    private GoProgram.Result promtool(Path cases) {
        return promtool.run(builder -> {}, "", List.of("test", "rules", cases.toString()));
    }
}
