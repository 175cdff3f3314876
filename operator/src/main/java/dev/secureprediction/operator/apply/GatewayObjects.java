package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.render.AdmittedRevision;
import dev.secureprediction.operator.render.EnvironmentEdition;
import dev.secureprediction.operator.render.GatewayPolicy;
import dev.secureprediction.operator.resolve.Problem;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All objects of gateways. They live in another namespace than their endpoint, so nothing but this removes them. */
public final class GatewayObjects {

    /** In the order in which they are removed: callers lose their way in first. */
    private final List<GatewayKind<?>> kinds;

    private final OwnedKind<ConfigMap> configMaps;
    private final OwnedKind<Deployment> deployments;
    private final OwnedKind<ServiceAccount> accounts;
    private final OwnedSecrets secrets;
    private final OwnedKind<ControllerRevision> revisions;
    private final OwnedRoutes routes;

    private GatewayObjects(String installationId, EventSourceContext<SecurePredictionEndpoint> context) {
        configMaps = OwnedKind.watched(ConfigMap.class, installationId, context);
        deployments = OwnedKind.watched(Deployment.class, installationId, context);
        accounts = OwnedKind.watched(ServiceAccount.class, installationId, context);
        secrets = new OwnedSecrets(context.getClient(), this::places);
        revisions = OwnedKind.watched(ControllerRevision.class, installationId, context);
        routes = OwnedRoutes.watched(installationId, context);
        kinds = Stream.concat(
                        routes.kinds().stream(),
                        Stream.of(
                                OwnedKind.watched(Service.class, installationId, context),
                                OwnedKind.watched(HorizontalPodAutoscaler.class, installationId, context),
                                deployments,
                                OwnedKind.watched(PodDisruptionBudget.class, installationId, context),
                                OwnedKind.watched(NetworkPolicy.class, installationId, context),
                                secrets,
                                accounts,
                                configMaps,
                                revisions))
                .toList();
    }

    /** Watches them all. */
    public static GatewayObjects watched(String installationId, EventSourceContext<SecurePredictionEndpoint> context) {
        return new GatewayObjects(installationId, context);
    }

    /** For the framework. */
    public List<EventSource<?, SecurePredictionEndpoint>> sources() {
        return kinds.stream().flatMap(kind -> kind.source().stream()).toList();
    }

    /** Makes one object as wanted; says what had to be written. */
    public Optional<Difference> apply(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        return kind(wanted).apply(wanted, context);
    }

    /** How one object differs from the wanted one; writes nothing. */
    Optional<Difference> difference(HasMetadata wanted, Context<SecurePredictionEndpoint> context) {
        return kind(wanted).difference(wanted, context);
    }

    private GatewayKind<?> kind(HasMetadata wanted) {
        return kinds.stream()
                .filter(kind -> kind.holds(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("gateways have no " + wanted.getKind()));
    }

    /** Removes what stands for the endpoint but is not wanted, in whatever namespace; empty wants nothing. */
    public void prune(SecurePredictionEndpoint endpoint, List<HasMetadata> wanted, KubernetesClient client) {
        var kept = wanted.stream().map(GatewayObjects::identity).collect(Collectors.toSet());
        for (var kind : kinds) {
            remove(kind, kind.of(endpoint), kept, client);
        }
    }

    /** Removes what stands for an endpoint that may be gone. */
    void remove(EndpointKey endpoint, Predicate<HasMetadata> which, KubernetesClient client) {
        for (var kind : kinds) {
            remove(kind, kind.of(endpoint).stream().filter(which).toList(), Set.of(), client);
        }
    }

    /** Every gateway has an account of its name, which is removed after its secret. */
    private List<ObjectMeta> places(EndpointKey endpoint) {
        return accounts.of(endpoint).stream().map(HasMetadata::getMetadata).toList();
    }

    /** Every endpoint that has any object, whether or not the endpoint still exists. */
    public Set<EndpointKey> owners() {
        return kinds.stream().flatMap(kind -> kind.owners()).collect(Collectors.toSet());
    }

    /** What was admitted for an endpoint; one that cannot be read is not counted. */
    public History history(EndpointKey endpoint) {
        return new History(revisions.of(endpoint).stream()
                .flatMap(revision -> AdmittedRevision.read(revision).stream())
                .toList());
    }

    /** A revision by its name. */
    Optional<ControllerRevision> revision(String namespace, String name) {
        return revisions.named(namespace, name);
    }

    /** Editions of an environment, of which there are few among the revisions of all endpoints. */
    List<ControllerRevision> editions(String namespace, String environment) {
        return revisions
                .beginning(namespace, EnvironmentEdition.prefix(environment))
                .filter(revision -> EnvironmentEdition.isOf(environment, revision))
                .toList();
    }

    public Optional<ConfigMap> configMap(SecurePredictionEndpoint endpoint, String name) {
        return named(configMaps.of(endpoint), name);
    }

    /** What its gateways enforce: the ConfigMaps that they mount. */
    List<ConfigMap> policies(SecurePredictionEndpoint endpoint) {
        return configMaps.of(endpoint).stream()
                .filter(map -> map.getData() != null && map.getData().containsKey(GatewayPolicy.REVOCATIONS))
                .toList();
    }

    /** All of an endpoint that may be gone. */
    List<ConfigMap> configMaps(EndpointKey endpoint) {
        return configMaps.of(endpoint);
    }

    public Optional<Deployment> deployment(SecurePredictionEndpoint endpoint, String name) {
        return named(deployments.of(endpoint), name);
    }

    public Optional<Secret> secret(SecurePredictionEndpoint endpoint, String name) {
        return named(secrets.of(endpoint), name);
    }

    /** Whether the cluster serves what a route is made of. */
    boolean serveRoutes() {
        return routes.serves();
    }

    Optional<Problem> routeProblem(SecurePredictionEndpoint endpoint, DesiredGateway gateway) {
        return routes.problem(endpoint, gateway);
    }

    private static <R extends HasMetadata> Optional<R> named(List<R> found, String name) {
        return found.stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    private static void remove(
            GatewayKind<?> kind, List<? extends HasMetadata> found, Set<String> kept, KubernetesClient client) {
        for (var object : found) {
            if (!kept.contains(identity(object)) && object.getMetadata().getDeletionTimestamp() == null) {
                client.resource(object).delete();
                kind.removed(object);
            }
        }
    }

    private static String identity(HasMetadata object) {
        return String.join(
                "/",
                object.getKind(),
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName());
    }
}
