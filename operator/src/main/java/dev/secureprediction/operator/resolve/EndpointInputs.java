package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint and everything that it refers to.
 *
 * @param endpoint the endpoint
 * @param environment its environment, where that exists
 * @param namespaceLabels labels of its namespace
 * @param rivals other endpoints of the same tenant and application in the same environment
 * @param peers endpoints of the same tenant and application in the environment before
 * @param installation what every plan shares
 */
public record EndpointInputs(
        SecurePredictionEndpoint endpoint,
        Optional<EnvironmentInputs> environment,
        Map<String, String> namespaceLabels,
        List<SecurePredictionEndpoint> rivals,
        List<SecurePredictionEndpoint> peers,
        Installation installation) {

    /** Label of an endpoint that says which application it is; default: its name. */
    public static final String APPLICATION_LABEL = "secureprediction.dev/application";

    public EndpointInputs {
        namespaceLabels = Map.copyOf(namespaceLabels);
        rivals = List.copyOf(rivals);
        peers = List.copyOf(peers);
    }

    /** Reads what an endpoint refers to. */
    public static EndpointInputs gather(
            SecurePredictionEndpoint endpoint, ClusterView cluster, Installation installation) {
        String environmentName = endpoint.getSpec().environmentRef().name();
        Optional<EnvironmentInputs> environment =
                cluster.environment(environmentName).map(found -> EnvironmentInputs.gather(found, cluster));
        Map<String, String> labels =
                cluster.namespaceLabels(namespace(endpoint)).orElse(Map.of());
        List<SecurePredictionEndpoint> rivals = environment
                .map(found -> alike(endpoint, environmentName, found.environment(), cluster))
                .orElse(List.of());
        List<SecurePredictionEndpoint> peers = environment
                .flatMap(found -> EnvironmentInputs.upstreamName(found.environment())
                        .map(upstream -> alike(endpoint, upstream, found.environment(), cluster)))
                .orElse(List.of());
        return new EndpointInputs(endpoint, environment, labels, rivals, peers, installation);
    }

    /** Which application an endpoint is. */
    static String application(SecurePredictionEndpoint endpoint) {
        Map<String, String> labels = endpoint.getMetadata().getLabels();
        String name = endpoint.getMetadata().getName();
        return labels == null ? name : labels.getOrDefault(APPLICATION_LABEL, name);
    }

    /** Without a tenant nobody can say whose application it is, so nothing is alike. */
    private static List<SecurePredictionEndpoint> alike(
            SecurePredictionEndpoint endpoint, String environment, PredictionEnvironment own, ClusterView cluster) {
        String tenantLabel = own.getSpec().tenantLabelOrDefault();
        Optional<String> tenant = tenant(endpoint, tenantLabel, cluster);
        if (tenant.isEmpty()) {
            return List.of();
        }
        return cluster.endpointsOf(environment).stream()
                .filter(other -> !isSame(other, endpoint))
                .filter(other -> application(other).equals(application(endpoint)))
                .filter(other -> tenant(other, tenantLabel, cluster).equals(tenant))
                .toList();
    }

    private static Optional<String> tenant(SecurePredictionEndpoint endpoint, String label, ClusterView cluster) {
        return cluster.namespaceLabels(namespace(endpoint)).flatMap(labels -> Optional.ofNullable(labels.get(label)));
    }

    private static boolean isSame(SecurePredictionEndpoint left, SecurePredictionEndpoint right) {
        return namespace(left).equals(namespace(right))
                && left.getMetadata().getName().equals(right.getMetadata().getName());
    }

    private static String namespace(SecurePredictionEndpoint endpoint) {
        return endpoint.getMetadata().getNamespace();
    }
}
