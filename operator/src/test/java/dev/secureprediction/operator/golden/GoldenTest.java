package dev.secureprediction.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One dynamic test for each output file of each scenario folder. {@code -Dgolden.update=true} rewrites the outputs; to
 * ask for another output, touch an empty file of its name first.
 */
final class GoldenTest {

    private static final Path SCENARIOS =
            Path.of(System.getProperty("root.directory"), "operator/src/test/resources/scenarios");

    @TestFactory
    Stream<DynamicNode> scenarios() {
        return Scenario.folders(SCENARIOS).stream().map(GoldenTest::container);
    }

    @Test
    void thereAreEnoughScenarios() {
        assertThat(Scenario.folders(SCENARIOS)).hasSizeGreaterThanOrEqualTo(20);
    }

    private static DynamicNode container(Path folder) {
        Scenario scenario = new Scenario(folder);
        List<String> outputs = scenario.files("out-");
        Stream<DynamicTest> tests = outputs.stream().map(file -> dynamicTest(file, () -> check(scenario, file)));
        DynamicTest everyFile = dynamicTest("every file is used", () -> {
            assertThat(outputs).as("outputs").isNotEmpty();
            assertThat(scenario.unused()).as("inputs that no output needed").isEmpty();
            assertThat(scenario.files("")).allMatch(file -> file.startsWith("in-") || file.startsWith("out-"));
        });
        return DynamicContainer.dynamicContainer(
                folder.getFileName().toString(), Stream.concat(tests, Stream.of(everyFile)));
    }

    private static void check(Scenario scenario, String file) throws IOException {
        Producer producer = Producers.ALL.stream()
                .filter(candidate -> candidate.makes(file))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing produces " + file));
        String actual = producer.produce(scenario, file);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(scenario.file(file), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(scenario.file(file)));
    }
}
