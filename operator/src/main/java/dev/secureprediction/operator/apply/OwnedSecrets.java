package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.diff.ObjectDifference;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.GatewayTlsSecret;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets of gateways. They are read where a gateway is and not watched: a watch over all namespaces would need the right to read
 * every secret of the cluster.
 */
final class OwnedSecrets implements GatewayKind<Secret> {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedSecrets.class);

    /** About as long as a round takes. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Function<EndpointKey, List<ObjectMeta>> places;
    private final Recent<Secret> recent = new Recent<>(FRESH, System::nanoTime);

    /**
     * Secrets of an installation.
     *
     * @param places accounts of an endpoint's gateways
     */
    OwnedSecrets(KubernetesClient client, Function<EndpointKey, List<ObjectMeta>> places) {
        this.client = client;
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
                .flatMap(account -> read(account.getNamespace(), GatewayTlsSecret.name(account.getName())).stream())
                .filter(secret ->
                        Labels.endpoint(secret).filter(endpoint::equals).isPresent())
                .toList();
    }

    /** Where secrets may not be read none can be ours to take away: the namespace is going, or was never granted. */
    private Optional<Secret> read(String namespace, String name) {
        try {
            return recent.get(namespace + "/" + name).or(() -> ask(namespace, name));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                LOG.debug("secrets of namespace {} may not be read", namespace);
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Secret> ask(String namespace, String name) {
        return Optional.ofNullable(
                        client.secrets().inNamespace(namespace).withName(name).get())
                .map(found -> recent.note(namespace + "/" + name, found));
    }

    private static String place(HasMetadata secret) {
        return secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
    }

    @Override
    public void removed(HasMetadata secret) {
        recent.forget(place(secret));
    }

    /** Those of the other kinds are the same. */
    @Override
    public Stream<EndpointKey> owners() {
        return Stream.of();
    }

    @Override
    public Optional<Difference> difference(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        var desired = (Secret) wanted;
        var meta = desired.getMetadata();
        var actual = recent.get(place(desired)).or(() -> ask(meta.getNamespace(), meta.getName()));
        if (actual.isEmpty()) {
            return Optional.of(ObjectDifference.missing(desired));
        }
        return SSABasedGenericKubernetesResourceMatcher.<Secret>getInstance().matches(actual.get(), desired, context)
                ? Optional.empty()
                : Optional.of(ObjectDifference.of(desired, actual.get()));
    }

    @Override
    public Optional<Difference> apply(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        var difference = difference(wanted, context);
        if (difference.isPresent()) {
            recent.forget(place(wanted));
            var written = difference.get().observed().equals(Difference.ABSENT)
                    ? Writes.create((Secret) wanted, context)
                    : Writes.replace((Secret) wanted, context);
            recent.note(place(wanted), written);
        }
        return difference;
    }
}
