package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which application an endpoint is, and whose. Only the namespace label that the platform team sets says whose; the name of an
 * application is the team's own choice.
 *
 * @param tenant absent where the namespace carries no such label: then nothing is alike
 * @param name of the application
 */
public record Application(Optional<String> tenant, String name) {

    /** Label of an endpoint that says which application it is; default: its name. */
    public static final String LABEL = "secureprediction.dev/application";

    /** The oldest first; of one age, by name. */
    static final Comparator<SecurePredictionEndpoint> BY_AGE = Comparator.comparing(
                    (SecurePredictionEndpoint endpoint) ->
                            endpoint.getMetadata().getCreationTimestamp(),
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(endpoint -> endpoint.getMetadata().getNamespace())
            .thenComparing(endpoint -> endpoint.getMetadata().getName());

    /** The application of an endpoint, by the tenant label of its own environment. */
    public static Application of(SecurePredictionEndpoint endpoint, ClusterView cluster) {
        String label = tenantLabel(endpoint, cluster);
        return new Application(
                cluster.namespaceLabels(endpoint.getMetadata().getNamespace())
                        .flatMap(labels -> Optional.ofNullable(labels.get(label))),
                nameOf(endpoint));
    }

    /** The label that says whose the endpoint is. */
    static String tenantLabel(SecurePredictionEndpoint endpoint, ClusterView cluster) {
        return cluster.environment(endpoint.getSpec().environmentRef().name())
                .map(environment -> environment.getSpec().tenantLabelOrDefault())
                .orElse(Defaults.TENANT_LABEL);
    }

    /** What an endpoint calls its application. */
    public static String nameOf(SecurePredictionEndpoint endpoint) {
        Map<String, String> labels = endpoint.getMetadata().getLabels();
        String name = endpoint.getMetadata().getName();
        return labels == null ? name : labels.getOrDefault(LABEL, name);
    }

    /** All endpoints of this application, in every environment, the oldest first; none without a tenant. */
    List<SecurePredictionEndpoint> everywhere(ClusterView cluster) {
        if (tenant.isEmpty()) {
            return List.of();
        }
        return cluster.endpointsOfApplication(name).stream()
                .filter(other -> of(other, cluster).equals(this))
                .sorted(BY_AGE)
                .toList();
    }
}
