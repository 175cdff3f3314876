package dev.secureprediction.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.EnvironmentResolution;
import dev.secureprediction.operator.resolve.EnvironmentResolver;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newcomer applies is accepted by these environments, and is one contract in all of them. */
final class SamplesPlanTest {

    private static final Path SAMPLES = Path.of(System.getProperty("root.directory"), "samples");

    @ParameterizedTest
    @MethodSource("environments")
    void everyEnvironmentIsAccepted(PredictionEnvironment environment) throws IOException {
        var inputs = EnvironmentInputs.gather(environment, cluster(), Scenario.INSTALLATION);

        assertThat(EnvironmentResolver.resolve(inputs)).isInstanceOf(EnvironmentResolution.Accepted.class);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void everyEndpointIsAccepted(SecurePredictionEndpoint endpoint) throws IOException {
        EndpointPlan plan = EndpointPlan.of(EndpointInputs.gather(endpoint, cluster(), Scenario.INSTALLATION));

        assertThat(plan).isInstanceOf(EndpointPlan.Wanted.class);
    }

    @Test
    void theContractIsTheSameInEveryEnvironment() throws IOException {
        List<SecurePredictionEndpoint> endpoints = read("quickstart/20-endpoints.yaml", SecurePredictionEndpoint.class);

        assertThat(endpoints).hasSize(3);
        assertThat(endpoints)
                .extracting(endpoint -> ContractDigest.of(endpoint.getSpec().contract()))
                .containsOnly(ContractDigest.of(endpoints.getFirst().getSpec().contract()));
    }

    static Stream<PredictionEnvironment> environments() throws IOException {
        return read("quickstart/10-environments.yaml", PredictionEnvironment.class).stream();
    }

    static Stream<SecurePredictionEndpoint> endpoints() throws IOException {
        return Stream.of(
                        read("quickstart/20-endpoints.yaml", SecurePredictionEndpoint.class),
                        read("custom-model/endpoint.yaml", SecurePredictionEndpoint.class),
                        read("existing-endpoint/endpoint.yaml", SecurePredictionEndpoint.class))
                .flatMap(List::stream);
    }

    private static FixedCluster cluster() throws IOException {
        return new FixedCluster(
                read("quickstart/10-environments.yaml", PredictionEnvironment.class),
                read("quickstart/00-namespaces.yaml", Namespace.class),
                read("quickstart/20-endpoints.yaml", SecurePredictionEndpoint.class),
                Optional.empty(),
                FixedPromotion.NOTHING);
    }

    private static <T> List<T> read(String file, Class<T> type) throws IOException {
        return Yaml.readAll(Files.readString(SAMPLES.resolve(file)), type).stream()
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
