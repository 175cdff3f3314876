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
 * @param namesakes other endpoints of the cluster with a host name of this one
 * @param promotion what its promotion rests on
 * @param installation what every plan shares
 * @param serves whether this was admitted and serves: then what its environment has taken away since is left out of it, and is no
 *     reason to refuse the rest
 */
public record EndpointInputs(
        SecurePredictionEndpoint endpoint,
        Optional<EnvironmentInputs> environment,
        Map<String, String> namespaceLabels,
        List<SecurePredictionEndpoint> rivals,
        List<SecurePredictionEndpoint> namesakes,
        PromotionInputs promotion,
        Installation installation,
        boolean serves) {

    public EndpointInputs {
        namespaceLabels = Map.copyOf(namespaceLabels);
        rivals = List.copyOf(rivals);
        namesakes = List.copyOf(namesakes);
    }

    /** Reads what an endpoint refers to. */
    public static EndpointInputs gather(
            SecurePredictionEndpoint endpoint, ClusterView cluster, Installation installation) {
        String environmentName = endpoint.getSpec().environmentRef().name();
        Optional<PredictionEnvironment> environment = cluster.environment(environmentName);
        PromotionInputs promotion = PromotionInputs.gather(endpoint, environment, cluster);
        return new EndpointInputs(
                endpoint,
                environment.map(found -> EnvironmentInputs.gather(found, cluster, installation)),
                cluster.namespaceLabels(endpoint.getMetadata().getNamespace()).orElse(Map.of()),
                promotion.family().stream()
                        .filter(other -> other.getSpec().environmentRef().name().equals(environmentName))
                        .filter(other -> !isSame(other, endpoint))
                        .toList(),
                HostNames.namesakes(endpoint, promotion.inForce(), cluster),
                promotion,
                installation,
                false);
    }

    /** The same about another text of the endpoint: what serves now, in place of what is asked. */
    public EndpointInputs with(SecurePredictionEndpoint former) {
        return new EndpointInputs(
                former, environment, namespaceLabels, rivals, namesakes, promotion, installation, serves);
    }

    /** The same about something that was admitted before. */
    public EndpointInputs serving() {
        return new EndpointInputs(
                endpoint, environment, namespaceLabels, rivals, namesakes, promotion, installation, true);
    }

    /** The same in another text of the environment. */
    public EndpointInputs with(EnvironmentInputs other) {
        return new EndpointInputs(
                endpoint, Optional.of(other), namespaceLabels, rivals, namesakes, promotion, installation, serves);
    }

    static boolean isSame(SecurePredictionEndpoint left, SecurePredictionEndpoint right) {
        return left.getMetadata().getNamespace().equals(right.getMetadata().getNamespace())
                && left.getMetadata().getName().equals(right.getMetadata().getName());
    }
}
