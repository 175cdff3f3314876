package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard shows metrics that there are, and none of the operator's is left out. */
final class DashboardTest {

    private static final Pattern METRIC = Pattern.compile("\\bspe_[a-z_]+");
    private static final Pattern PART = Pattern.compile("_(count|sum|bucket)$");

    @Test
    void everyMetricThatItAsksForIsOneThatIsTold() throws IOException {
        Set<String> told = metrics("docs/reference/operator-metrics.md");
        told.addAll(metrics("docs/reference/gateway-metrics.md"));

        assertThat(told).containsAll(metrics("charts/secure-prediction-operator/files/dashboard.json"));
    }

    @Test
    void whatTheOperatorTellsIsShown() throws IOException {
        assertThat(metrics("charts/secure-prediction-operator/files/dashboard.json"))
                .containsAll(metrics("docs/reference/operator-metrics.md"));
    }

    private static Set<String> metrics(String file) throws IOException {
        Set<String> found = new TreeSet<>();
        METRIC.matcher(Files.readString(Yaml.ROOT.resolve(file)))
                .results()
                .forEach(metric -> found.add(PART.matcher(metric.group()).replaceAll("")));
        return found;
    }
}
