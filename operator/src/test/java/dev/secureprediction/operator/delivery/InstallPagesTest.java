package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.permission.OperatorFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lines to run say what the code says. */
final class InstallPagesTest {

    private static final Path PAGES = Yaml.ROOT.resolve("docs/install");
    /** Bound with a condition, by a role of its own. */
    private static final String PROJECT_POLICY = "resourcemanager.projects.setIamPolicy";

    @Test
    void theOperatorsRoleHoldsWhatTheFeaturesNeed() throws IOException {
        var wanted = new TreeSet<String>();
        for (var feature : OperatorFeature.values()) {
            wanted.addAll(feature.permissions());
        }
        wanted.remove(PROJECT_POLICY);

        assertThat(permissions("securePredictionOperator")).isEqualTo(wanted);
        assertThat(permissions("securePredictionGrantor")).containsExactly(PROJECT_POLICY);
        assertThat(permissions("securePredictionInvoker")).containsExactly("aiplatform.endpoints.predict");
    }

    private static Set<String> permissions(String role) throws IOException {
        var line = Pattern.compile("gcloud iam roles create " + role + " .*--permissions=(\\S+)")
                .matcher(Files.readString(PAGES.resolve("gke.md")));
        assertThat(line.find()).as(role).isTrue();
        return new TreeSet<>(Arrays.asList(line.group(1).split(",", -1)));
    }
}
