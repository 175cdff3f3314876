package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.Editions;
import dev.secureprediction.operator.apply.GatewayAccess;
import dev.secureprediction.operator.apply.GatewayObjects;
import dev.secureprediction.operator.apply.GatewayPods;
import dev.secureprediction.operator.apply.RecordStore;
import dev.secureprediction.operator.apply.SigningKeyStore;
import dev.secureprediction.operator.apply.VerificationRecords;
import dev.secureprediction.operator.render.RecordedState;
import dev.secureprediction.operator.resolve.Application;
import dev.secureprediction.operator.resolve.HostNames;
import dev.secureprediction.operator.resolve.Installation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What endpoints depend on, watched, each change mapped to the endpoints that it concerns. */
final class EndpointWatches {

    private static final String BY_ENVIRONMENT = "environment";
    private static final EventFilters<PredictionEnvironment> FILTER = new EventFilters<>();
    static final String BY_APPLICATION = "application";
    static final String BY_HOSTNAME = "hostname";

    private final IndexerResourceCache<SecurePredictionEndpoint> endpoints;
    private final InformerEventSource<PredictionEnvironment, SecurePredictionEndpoint> environments;
    private final InformerEventSource<Namespace, SecurePredictionEndpoint> namespaces;
    private final GatewayObjects objects;
    private final GatewayPods pods;
    private final VerificationRecords verifications;
    private final ClusterCaches caches;
    private final Rollouts rollouts;
    private final RolloutTurns turns;
    private final List<EventSource<?, SecurePredictionEndpoint>> sources;

    EndpointWatches(
            Installation installation,
            GatewayAccess access,
            SigningKeyStore keys,
            Clock clock,
            EventSourceContext<SecurePredictionEndpoint> context) {
        endpoints = context.getPrimaryCache();
        endpoints.addIndexer(BY_APPLICATION, endpoint -> List.of(Application.nameOf(endpoint)));
        endpoints.addIndexer(
                BY_HOSTNAME, endpoint -> HostNames.of(endpoint).stream().toList());
        endpoints.addIndexer(
                BY_ENVIRONMENT,
                endpoint -> List.of(endpoint.getSpec().environmentRef().name()));
        environments = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(PredictionEnvironment.class, SecurePredictionEndpoint.class)
                        .withName("PredictionEnvironment")
                        .withSecondaryToPrimaryMapper(this::ofChain)
                        .withOnUpdateFilter(EndpointWatches::matters)
                        .build(),
                context);
        namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, SecurePredictionEndpoint.class)
                        .withName("Namespace")
                        .withSecondaryToPrimaryMapper(this::ofNamespace)
                        .withOnUpdateFilter((now, before) -> !Objects.equals(
                                        now.getMetadata().getLabels(),
                                        before.getMetadata().getLabels())
                                || now.isMarkedForDeletion() != before.isMarkedForDeletion())
                        .build(),
                context);
        objects = GatewayObjects.watched(installation.id(), context);
        pods = GatewayPods.watched(installation.id(), context);
        verifications = VerificationRecords.watched(
                application -> ids(endpoints.byIndex(BY_APPLICATION, application)), context);
        var records = new RecordStore(objects, context.getClient());
        caches = new ClusterCaches(
                name -> environments.get(new ResourceID(name)),
                name -> namespaces.get(new ResourceID(name)),
                access::missing,
                this::of,
                application -> endpoints.byIndex(BY_APPLICATION, application),
                hostname -> endpoints.byIndex(BY_HOSTNAME, hostname),
                new PromotionCaches(
                        objects::history,
                        key -> records.of(key).map(RecordedState::spec),
                        verifications::about,
                        keys::trusted,
                        clock),
                new ClusterIssuerReader(context.getClient(), clock));
        rollouts = new Rollouts(
                caches, records, new Editions(objects, context.getClient(), installation.id()), installation);
        turns = new RolloutTurns(rollouts::plan);
        sources = all();
    }

    List<EventSource<?, SecurePredictionEndpoint>> sources() {
        return List.copyOf(sources);
    }

    private List<EventSource<?, SecurePredictionEndpoint>> all() {
        var sources = new ArrayList<EventSource<?, SecurePredictionEndpoint>>();
        sources.add(environments);
        sources.add(namespaces);
        sources.add(new Neighbours(endpoints));
        sources.add(turns);
        sources.add(verifications.source());
        sources.addAll(objects.sources());
        sources.addAll(pods.sources());
        return sources;
    }

    /** Whether what is watched was listed and is being watched now. */
    boolean areFilled() {
        return sources.stream()
                .filter(InformerEventSource.class::isInstance)
                .allMatch(source -> source.getStatus() == Status.HEALTHY);
    }

    Rollouts rollouts() {
        return rollouts;
    }

    RolloutTurns turns() {
        return turns;
    }

    GatewayObjects objects() {
        return objects;
    }

    VerificationRecords verifications() {
        return verifications;
    }

    GatewayPods pods() {
        return pods;
    }

    ClusterCaches caches() {
        return caches;
    }

    IndexerResourceCache<SecurePredictionEndpoint> endpoints() {
        return endpoints;
    }

    private List<SecurePredictionEndpoint> of(String environment) {
        return endpoints.byIndex(BY_ENVIRONMENT, environment);
    }

    private static Set<ResourceID> ids(List<SecurePredictionEndpoint> endpoints) {
        return endpoints.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    /** Endpoints of the environment and of all whose chain passes through it. */
    private Set<ResourceID> ofChain(PredictionEnvironment changed) {
        var name = changed.getMetadata().getName();
        return Stream.concat(Stream.of(name), after(Set.of(name)).stream())
                .flatMap(environment -> of(environment).stream())
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    /** Environments that promote from one of these, directly or not. */
    private Set<String> after(Set<String> names) {
        var found = environments
                .list()
                .filter(environment -> upstream(environment).anyMatch(names::contains))
                .map(environment -> environment.getMetadata().getName())
                .filter(name -> !names.contains(name))
                .collect(Collectors.toSet());
        if (found.isEmpty()) {
            return found;
        }
        var all = Stream.concat(names.stream(), found.stream()).collect(Collectors.toSet());
        found.addAll(after(all));
        return found;
    }

    /** What it says, and whether that is accepted: some of what decides it, nobody tells endpoints of. */
    private static boolean matters(PredictionEnvironment now, PredictionEnvironment before) {
        return FILTER.accept(now, before) || isAccepted(now) != isAccepted(before);
    }

    private static boolean isAccepted(PredictionEnvironment environment) {
        return environment.getStatus() != null
                && Conditions.isTrue(environment.getStatus().conditions(), ConditionType.Accepted);
    }

    private static Stream<String> upstream(PredictionEnvironment environment) {
        var from = environment.getSpec().promotesFrom();
        return from == null ? Stream.empty() : Stream.of(from.environment());
    }

    /** Applications in it, and endpoints whose gateways live there. */
    private Set<ResourceID> ofNamespace(HasMetadata changed) {
        var name = changed.getMetadata().getName();
        var placed = environments
                .list()
                .filter(environment -> environment.getSpec().gatewayNamespace().equals(name))
                .flatMap(environment -> of(environment.getMetadata().getName()).stream());
        // whose application it is depends on its labels, so others of that name look again too
        var inIt = endpoints
                .list(endpoint -> endpoint.getMetadata().getNamespace().equals(name))
                .map(Application::nameOf)
                .distinct()
                .flatMap(application -> endpoints.byIndex(BY_APPLICATION, application).stream());
        return Stream.concat(inIt, placed).map(ResourceID::fromResource).collect(Collectors.toSet());
    }
}
