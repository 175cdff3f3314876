package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.GatewayAccess;
import dev.secureprediction.operator.apply.TrimmedStore;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.promotion.TrustedKeys;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What environments depend on, watched: their endpoints, their gateway namespaces, and one another. */
final class EnvironmentWatches {

    private static final String BY_ENVIRONMENT = "environment";

    private final GatewayAccess access;
    private final IndexerResourceCache<PredictionEnvironment> environments;
    private final InformerEventSource<GenericKubernetesResource, PredictionEnvironment> endpoints;
    private final InformerEventSource<Namespace, PredictionEnvironment> namespaces;

    EnvironmentWatches(GatewayAccess access, EventSourceContext<PredictionEnvironment> context) {
        this.access = access;
        environments = context.getPrimaryCache();
        endpoints = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(
                                GroupVersionKind.gvkFor(SecurePredictionEndpoint.class), PredictionEnvironment.class)
                        .withName("SecurePredictionEndpoint")
                        .withWatchAllNamespaces()
                        .withSecondaryToPrimaryMapper(endpoint -> Set.of(new ResourceID(environmentOf(endpoint))))
                        .withOnUpdateFilter(EnvironmentWatches::hasMoved) // else only how many there are counts
                        .withItemStore(new TrimmedStore<>(EnvironmentWatches::counted))
                        .withInformerListLimit(TrimmedStore.PAGE)
                        .build(),
                context);
        endpoints.addIndexer(BY_ENVIRONMENT, endpoint -> List.of(environmentOf(endpoint)));
        namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, PredictionEnvironment.class)
                        .withName("Namespace")
                        .withSecondaryToPrimaryMapper(this::ofNamespace)
                        .withOnUpdateFilter((now, before) -> false)
                        .build(),
                context);
    }

    List<EventSource<?, PredictionEnvironment>> sources() {
        return List.of(endpoints, namespaces, new Chain(environments));
    }

    ClusterCaches caches() {
        return new ClusterCaches(
                name -> environments.get(new ResourceID(name)),
                name -> namespaces.get(new ResourceID(name)),
                access::missing,
                name -> List.of(),
                application -> List.of(),
                hostname -> List.of(),
                new PromotionCaches(
                        key -> History.EMPTY,
                        key -> Optional.empty(),
                        application -> List.of(),
                        TrustedKeys::none,
                        Clock.systemUTC()),
                Optional::empty);
    }

    /** Whether an edit of its environment has reached it. */
    private static boolean hasMoved(GenericKubernetesResource now, GenericKubernetesResource before) {
        return revisionOf(before)
                .filter(revision -> !revisionOf(now).equals(Optional.of(revision)))
                .isPresent();
    }

    /** How many endpoints belong to an environment and are not on their way out. */
    int staying(PredictionEnvironment environment) {
        return (int) endpoints.byIndex(BY_ENVIRONMENT, environment.getMetadata().getName()).stream()
                .filter(endpoint -> !endpoint.isMarkedForDeletion())
                .count();
    }

    /** The endpoints that an environment has. */
    List<EndpointKey> endpointsOf(String environment) {
        return endpoints.byIndex(BY_ENVIRONMENT, environment).stream()
                .map(endpoint -> new EndpointKey(
                        endpoint.getMetadata().getNamespace(),
                        endpoint.getMetadata().getName()))
                .toList();
    }

    private static String environmentOf(GenericKubernetesResource endpoint) {
        return String.valueOf(endpoint.<Object>get("spec", "environmentRef", "name"));
    }

    private static Optional<String> revisionOf(GenericKubernetesResource endpoint) {
        return Optional.ofNullable(endpoint.<String>get("status", "environmentRevision"));
    }

    /** What it takes to count one, and to see that it moves. */
    private static GenericKubernetesResource counted(GenericKubernetesResource endpoint) {
        var counted = TrimmedStore.named(endpoint, new GenericKubernetesResource());
        counted.setAdditionalProperty("spec", Map.of("environmentRef", Map.of("name", environmentOf(endpoint))));
        revisionOf(endpoint)
                .ifPresent(
                        revision -> counted.setAdditionalProperty("status", Map.of("environmentRevision", revision)));
        return counted;
    }

    /** How many environments keep their gateways in a namespace. */
    long usersOf(String gatewayNamespace) {
        return environments
                .list(environment -> environment.getSpec().gatewayNamespace().equals(gatewayNamespace))
                .count();
    }

    private Set<ResourceID> ofNamespace(Namespace changed) {
        var name = changed.getMetadata().getName();
        return environments
                .list(environment -> environment.getSpec().gatewayNamespace().equals(name))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** An environment is judged by those before it, so all are looked at again when one of them changes. */
    private static final class Chain extends AbstractEventSource<PredictionEnvironment, PredictionEnvironment>
            implements ResourceEventAware<PredictionEnvironment> {

        private final IndexerResourceCache<PredictionEnvironment> environments;

        private Chain(IndexerResourceCache<PredictionEnvironment> environments) {
            super(PredictionEnvironment.class, "chain");
            this.environments = environments;
        }

        @Override
        public void onResourceCreated(PredictionEnvironment environment) {
            wakeOthers(environment);
        }

        @Override
        public void onResourceUpdated(PredictionEnvironment now, PredictionEnvironment before) {
            if (!now.getSpec().equals(before.getSpec())) {
                wakeOthers(now);
            }
        }

        @Override
        public void onResourceDeleted(PredictionEnvironment environment) {
            wakeOthers(environment);
        }

        @Override
        public Set<PredictionEnvironment> getSecondaryResources(PredictionEnvironment primary) {
            return Set.of();
        }

        private void wakeOthers(PredictionEnvironment changed) {
            var self = ResourceID.fromResource(changed);
            environments
                    .list(environment -> environment.getSpec().promotesFrom() != null)
                    .map(ResourceID::fromResource)
                    .filter(id -> !id.equals(self))
                    .forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }
}
