package dev.secureprediction.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.resolve.ClusterIssuer;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.EnvironmentResolution;
import dev.secureprediction.operator.resolve.EnvironmentResolver;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sample that shows a task is accepted whole by this operator, and its page speaks of what is in it. */
final class TaskSamplesTest {

    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final Path SAMPLES = ROOT.resolve("samples");
    private static final Pattern APPLIED = Pattern.compile("-f (samples/\\S+)");
    private static final Pattern NAMED = Pattern.compile("spe/(\\S+) --namespace=(\\S+)");

    @ParameterizedTest
    @MethodSource("dev.secureprediction.operator.api.TaskSamples#names")
    void everyEnvironmentAndEndpointIsAccepted(String sample) throws IOException {
        var cluster = cluster(sample);

        for (var environment : cluster.environments()) {
            assertThat(EnvironmentResolver.resolve(
                            EnvironmentInputs.gather(environment, cluster, Scenario.INSTALLATION)))
                    .as(environment.getMetadata().getName())
                    .isInstanceOfSatisfying(
                            EnvironmentResolution.Accepted.class,
                            accepted -> assertThat(accepted.weaker()).isEmpty());
        }
        assertThat(cluster.endpoints()).isNotEmpty();
        for (var endpoint : cluster.endpoints()) {
            assertThat(EndpointPlan.of(EndpointInputs.gather(endpoint, cluster, Scenario.INSTALLATION)))
                    .as(endpoint.getMetadata().getName())
                    .isInstanceOf(EndpointPlan.Wanted.class);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.secureprediction.operator.api.TaskSamples#names")
    void itsPageNamesFilesAndEndpointsThatAreThere(String sample) throws IOException {
        String page = Files.readString(SAMPLES.resolve(sample).resolve("README.md"));
        var endpoints = cluster(sample).endpoints().stream()
                .map(SecurePredictionEndpoint::getMetadata)
                .map(metadata -> metadata.getName() + " " + metadata.getNamespace())
                .toList();

        assertThat(found(APPLIED, page)).isNotEmpty().allMatch(path -> Files.exists(ROOT.resolve(path)));
        assertThat(NAMED.matcher(page).results().map(match -> match.group(1) + " " + match.group(2)))
                .isNotEmpty()
                .allMatch(endpoints::contains);
        assertThat(page.lines()).hasSizeLessThan(70);
        assertThat(Files.readString(SAMPLES.resolve("README.md"))).contains("(" + sample + "/README.md)");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** What the sample brings; where it brings no environment, that of the quick start. */
    private static FixedCluster cluster(String sample) throws IOException {
        var environments = read(sample, "PredictionEnvironment", PredictionEnvironment.class);
        var base = environments.isEmpty() ? "quickstart" : sample;
        return new FixedCluster(
                read(base, "PredictionEnvironment", PredictionEnvironment.class),
                read(base, "Namespace", Namespace.class),
                read(sample, "SecurePredictionEndpoint", SecurePredictionEndpoint.class),
                issuer(environments),
                FixedPromotion.NOTHING);
    }

    /** The cluster is the one that the sample says it is for. */
    private static Optional<ClusterIssuer> issuer(List<PredictionEnvironment> environments) {
        return environments.stream()
                .flatMap(environment -> environment.getSpec().issuers().stream())
                .filter(issuer -> issuer.kubernetes() != null)
                .findFirst()
                .map(issuer -> new ClusterIssuer(
                        issuer.url(), new ObjectMapper().createObjectNode().putArray("keys")));
    }

    /** The documents of one kind in a folder; a field that nobody knows is an error. */
    private static <T> List<T> read(String folder, String kind, Class<T> type) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> Yaml.readAll(text(file), JsonNode.class).stream())
                    .filter(Objects::nonNull)
                    .filter(document -> document.path("kind").asText().equals(kind))
                    .flatMap(document -> Yaml.readAll(document.toString(), type).stream())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
