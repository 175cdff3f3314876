package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.diff.ObjectDifference;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets of gateways. They are read where a gateway is and not watched: a watch over all namespaces would need the right to read
 * every secret of the cluster.
 */
final class OwnedSecrets implements GatewayKind<Secret> {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedSecrets.class);

    private final KubernetesClient client;
    private final String installationId;
    private final Function<EndpointKey, Set<String>> places;

    /**
     * Secrets of an installation.
     *
     * @param places namespaces where an endpoint has objects
     */
    OwnedSecrets(KubernetesClient client, String installationId, Function<EndpointKey, Set<String>> places) {
        this.client = client;
        this.installationId = installationId;
        this.places = places;
    }

    @Override
    public Optional<EventSource<?, SecurePredictionEndpoint>> source() {
        return Optional.empty();
    }

    @Override
    public boolean holds(HasMetadata object) {
        return object instanceof Secret;
    }

    @Override
    public List<Secret> of(SecurePredictionEndpoint endpoint) {
        return of(new EndpointKey(
                endpoint.getMetadata().getNamespace(), endpoint.getMetadata().getName()));
    }

    @Override
    public List<Secret> of(EndpointKey endpoint) {
        return places.apply(endpoint).stream()
                .flatMap(namespace -> in(namespace, endpoint).stream())
                .toList();
    }

    /** Where secrets may not be read none can be ours to take away: the namespace is going, or was never granted. */
    private List<Secret> in(String namespace, EndpointKey endpoint) {
        try {
            // one selector per call: a second replaces it, and the secrets of others would be taken for ours
            return client
                    .secrets()
                    .inNamespace(namespace)
                    .withLabelSelector(Labels.selector(installationId))
                    .list()
                    .getItems()
                    .stream()
                    .filter(secret ->
                            Labels.endpoint(secret).filter(endpoint::equals).isPresent())
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                LOG.debug("secrets of namespace {} may not be read", namespace);
                return List.of();
            }
            throw e;
        }
    }

    /** Those of the other kinds are the same. */
    @Override
    public List<EndpointKey> owners() {
        return List.of();
    }

    @Override
    public Optional<Difference> difference(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        var desired = (Secret) wanted;
        var actual = client.secrets()
                .inNamespace(desired.getMetadata().getNamespace())
                .withName(desired.getMetadata().getName())
                .get();
        if (actual == null) {
            return Optional.of(ObjectDifference.missing(desired));
        }
        return SSABasedGenericKubernetesResourceMatcher.<Secret>getInstance().matches(actual, desired, context)
                ? Optional.empty()
                : Optional.of(ObjectDifference.of(desired, actual));
    }

    @Override
    public Optional<Difference> apply(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        var difference = difference(wanted, context);
        if (difference.isPresent()) {
            if (difference.get().observed().equals(Difference.ABSENT)) {
                Writes.create((Secret) wanted, context);
            } else {
                Writes.replace((Secret) wanted, context);
            }
        }
        return difference;
    }
}
