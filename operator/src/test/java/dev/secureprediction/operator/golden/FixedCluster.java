package dev.secureprediction.operator.golden;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.resolve.Application;
import dev.secureprediction.operator.resolve.ClusterIssuer;
import dev.secureprediction.operator.resolve.ClusterView;
import dev.secureprediction.operator.resolve.HostNames;
import dev.secureprediction.operator.resolve.PromotionView;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster that holds just what a scenario says. */
record FixedCluster(
        List<PredictionEnvironment> environments,
        List<Namespace> namespaces,
        List<SecurePredictionEndpoint> endpoints,
        Optional<ClusterIssuer> clusterIssuer,
        PromotionView promotion)
        implements ClusterView {

    @Override
    public Optional<PredictionEnvironment> environment(String name) {
        return environments.stream()
                .filter(environment -> environment.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public List<SecurePredictionEndpoint> endpointsOfApplication(String application) {
        return endpoints.stream()
                .filter(endpoint -> Application.nameOf(endpoint).equals(application))
                .toList();
    }

    @Override
    public List<SecurePredictionEndpoint> endpointsOfHostname(String hostname) {
        return endpoints.stream()
                .filter(endpoint -> HostNames.of(endpoint).equals(Optional.of(hostname)))
                .toList();
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return namespaces.stream()
                .filter(found -> found.getMetadata().getName().equals(namespace))
                .findFirst()
                .map(found -> Objects.requireNonNullElse(found.getMetadata().getLabels(), Map.of()));
    }

    @Override
    public Optional<String> missingGrant(String namespace) {
        return namespaces.stream()
                .filter(found -> found.getMetadata().getName().equals(namespace))
                .flatMap(found -> Stream.ofNullable(found.getMetadata().getAnnotations()))
                .flatMap(annotations -> Stream.ofNullable(annotations.get("test/missing-grant")))
                .findFirst();
    }

    @Override
    public List<SecurePredictionEndpoint> endpointsOf(String environment) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.getSpec().environmentRef().name().equals(environment))
                .toList();
    }
}
