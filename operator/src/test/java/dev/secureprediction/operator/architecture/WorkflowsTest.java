package dev.secureprediction.operator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows run only what is pinned, with the least rights. */
final class WorkflowsTest {

    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final Path FOLDER = ROOT.resolve(".github/workflows");
    private static final Pattern USES = Pattern.compile("(?m)^\\s*(?:- )?uses:\\s*(.*)$");
    private static final Pattern OUR_SCRIPT =
            Pattern.compile("(?m)(?:^|\\s)((?:\\.ci|release|bench)/[a-z-]+)(?=\\s|$)");

    static Stream<Path> workflows() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyActionIsPinnedByItsDigestAndSaysItsVersion(Path workflow) throws IOException {
        var used = USES.matcher(Files.readString(workflow)).results().toList();

        assertThat(used)
                .isNotEmpty()
                .allSatisfy(action -> assertThat(action.group(1))
                        .matches("[a-z0-9-]+(/[a-z0-9-]+)+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void nothingMayBeWrittenUnlessAJobSaysSo(Path workflow) throws IOException {
        var content = read(workflow);

        assertThat(content.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(content.path("on").has("pull_request_target")).isFalse();
        for (var job : content.path("jobs")) {
            assertThat(job.path("timeout-minutes").asInt()).isPositive();
        }
        // whoever may publish builds nothing, and runs no code of the repository
        for (var job : content.path("jobs")) {
            if (job.path("permissions").has("packages")) {
                assertThat(job.path("steps").toString()).doesNotContain("actions/checkout", "mvnw", "release/build");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void noStepKeepsAKeyOrPutsForeignTextIntoAScript(Path workflow) throws IOException {
        for (var step : steps(read(workflow))) {
            if (step.path("uses").asText().startsWith("actions/checkout@")) {
                assertThat(step.at("/with/persist-credentials").asBoolean(true)).isFalse();
            }
            assertThat(step.path("run").asText()).doesNotContain("${{");
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void scriptsThatAreRunAreThere(Path workflow) throws IOException {
        for (var step : steps(read(workflow))) {
            if (!step.path("run").asText().contains("sha256sum")) {
                OUR_SCRIPT
                        .matcher(step.path("run").asText())
                        .results()
                        .forEach(script ->
                                assertThat(ROOT.resolve(script.group(1))).isExecutable());
            }
        }
    }

    private static List<JsonNode> steps(JsonNode workflow) {
        List<JsonNode> steps = new ArrayList<>();
        workflow.path("jobs").forEach(job -> job.path("steps").forEach(steps::add));
        return steps;
    }

    private static JsonNode read(Path workflow) throws IOException {
        return new YAMLMapper().readTree(workflow.toFile());
    }
}
