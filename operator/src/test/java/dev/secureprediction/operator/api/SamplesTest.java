package dev.secureprediction.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A newcomer copies the samples. */
final class SamplesTest {

    private static final Path SAMPLES = Yaml.ROOT.resolve("samples/quickstart");

    @Test
    void theContractIsTheSameInEveryEnvironment() {
        var contracts = Yaml.documents(SAMPLES.resolve("20-endpoints.yaml")).stream()
                .map(endpoint -> endpoint.at("/spec/contract"))
                .toList();

        assertThat(contracts).hasSize(3).containsOnly(contracts.getFirst());
        assertThat(contracts.getFirst().isObject()).isTrue();
    }

    @Test
    void theyAreSmall() throws IOException {
        assertThat(linesOfDocuments("10-environments.yaml")).hasSize(3).allMatch(lines -> lines < 30);
        assertThat(linesOfDocuments("20-endpoints.yaml")).hasSize(3).allMatch(lines -> lines < 20);
    }

    @Test
    void oneCommandAppliesThemAndOneDeletesThem() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .as("kubectl reads every JSON and YAML file here")
                    .containsExactlyInAnyOrder(
                            "00-namespaces.yaml", "10-environments.yaml", "20-endpoints.yaml", "README.md");
        }
    }

    @Test
    void gatewaysRunUnderTheStrictestPodSecurity() {
        assertThat(Yaml.documents(SAMPLES.resolve("00-namespaces.yaml")))
                .filteredOn(namespace -> namespace.at("/metadata/name").asText().startsWith("prediction-gateways-"))
                .hasSize(3)
                .allMatch(namespace -> namespace
                        .at("/metadata/labels")
                        .path("pod-security.kubernetes.io/enforce")
                        .asText()
                        .equals("restricted"));
    }

    private static List<Integer> linesOfDocuments(String file) throws IOException {
        return Stream.of(Files.readString(SAMPLES.resolve(file)).split("---\n", -1))
                .map(document -> (int) document.lines().count())
                .toList();
    }
}
