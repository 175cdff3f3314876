package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.diff.ObjectDifference;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gateway objects of one kind: watched by their labels, applied server-side, and only when they differ in a field that is ours.
 * The framework's own dependents hold one object per resource and kind; a gateway has two ConfigMaps, and removes what is no
 * longer wanted wherever it stands.
 */
final class OwnedKind<R extends HasMetadata> implements GatewayKind<R> {

    private final Class<R> kind;
    private final PackedStore<R> store;
    private final InformerEventSource<R, SecurePredictionEndpoint> source;

    private OwnedKind(Class<R> kind, PackedStore<R> store, InformerEventSource<R, SecurePredictionEndpoint> source) {
        this.kind = kind;
        this.store = store;
        this.source = source;
    }

    static <R extends HasMetadata> OwnedKind<R> watched(
            Class<R> kind, String installationId, EventSourceContext<SecurePredictionEndpoint> context) {
        var store = new PackedStore<>(kind, context.getClient().getKubernetesSerialization(), Needed::ofOurs);
        var configuration = InformerEventSourceConfiguration.from(kind, SecurePredictionEndpoint.class)
                .withName(kind.getSimpleName())
                .withWatchAllNamespaces()
                .withLabelSelector(Labels.selector(installationId))
                .withSecondaryToPrimaryMapper(OwnedKind::owner)
                .withItemStore(store)
                .withInformerListLimit(TrimmedStore.PAGE)
                .build();
        return new OwnedKind<>(kind, store, new InformerEventSource<>(configuration, context));
    }

    static Set<ResourceID> owner(HasMetadata object) {
        return Labels.endpoint(object)
                .map(key -> Set.of(new ResourceID(key.name(), key.namespace())))
                .orElseGet(Set::of);
    }

    @Override
    public Optional<EventSource<?, SecurePredictionEndpoint>> source() {
        return Optional.of(source);
    }

    @Override
    public boolean holds(HasMetadata object) {
        return kind.isInstance(object);
    }

    @Override
    public List<R> of(SecurePredictionEndpoint endpoint) {
        return List.copyOf(source.getSecondaryResources(endpoint));
    }

    @Override
    public Stream<EndpointKey> owners() {
        return store.owners();
    }

    /** By the index over owners, which knows of endpoints that are gone, too. */
    @Override
    public List<R> of(EndpointKey endpoint) {
        return of(named(endpoint));
    }

    /** Those of a namespace whose names begin so, without a look at the others. */
    Stream<R> beginning(String namespace, String name) {
        return store.beginning(namespace, name);
    }

    Optional<R> named(String namespace, String name) {
        return source.get(new ResourceID(name, namespace));
    }

    /** An endpoint of which only the name is at hand. */
    static SecurePredictionEndpoint named(EndpointKey key) {
        var endpoint = new SecurePredictionEndpoint();
        endpoint.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.namespace())
                .withName(key.name())
                .build());
        return endpoint;
    }

    @Override
    public Optional<Difference> difference(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        var desired = kind.cast(wanted);
        var actual = source.get(ResourceID.fromResource(desired));
        if (actual.isEmpty()) {
            return Optional.of(ObjectDifference.missing(desired));
        }
        return SSABasedGenericKubernetesResourceMatcher.<R>getInstance().matches(actual.get(), desired, context)
                ? Optional.empty()
                : Optional.of(ObjectDifference.of(desired, actual.get()));
    }

    @Override
    public Optional<Difference> apply(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        var difference = difference(wanted, context);
        if (difference.isEmpty()) {
            return difference;
        }
        var desired = kind.cast(wanted);
        var id = ResourceID.fromResource(desired);
        var actual = source.get(id);
        if (actual.isPresent()) {
            ReplicaHandover.beforeApplying(desired, actual.get(), context.getClient());
            source.handleRecentResourceUpdate(id, Writes.replace(desired, context), actual.get());
        } else {
            source.handleRecentResourceCreate(id, Writes.create(desired, context));
        }
        return difference;
    }
}
