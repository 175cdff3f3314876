package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The pods of gateways, found by label and by their chain of owners, so that no other pod can pass for one. */
public final class GatewayPods {

    private final InformerEventSource<Pod, SecurePredictionEndpoint> pods;
    private final InformerEventSource<ReplicaSet, SecurePredictionEndpoint> replicaSets;
    private final KubernetesClient client;

    private GatewayPods(String installationId, EventSourceContext<SecurePredictionEndpoint> context) {
        client = context.getClient();
        var json = client.getKubernetesSerialization();
        pods = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Pod.class, SecurePredictionEndpoint.class)
                        .withName("Pod")
                        .withWatchAllNamespaces()
                        .withLabelSelector(Labels.selector(installationId))
                        .withSecondaryToPrimaryMapper(OwnedKind::owner)
                        .withOnUpdateFilter(GatewayPods::matters)
                        .withItemStore(new PackedStore<>(Pod.class, json, Needed::ofPod))
                        .withInformerListLimit(TrimmedStore.PAGE)
                        .build(),
                context);
        replicaSets = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ReplicaSet.class, SecurePredictionEndpoint.class)
                        .withName("ReplicaSet")
                        .withWatchAllNamespaces()
                        .withLabelSelector(Labels.selector(installationId))
                        .withSecondaryToPrimaryMapper(OwnedKind::owner)
                        .withGenericFilter(ignored -> false) // only looked up
                        .withItemStore(new PackedStore<>(ReplicaSet.class, json, Needed::ofReplicaSet))
                        .withInformerListLimit(TrimmedStore.PAGE)
                        .build(),
                context);
    }

    /** Watches them. */
    public static GatewayPods watched(String installationId, EventSourceContext<SecurePredictionEndpoint> context) {
        return new GatewayPods(installationId, context);
    }

    /** For the framework. */
    public List<EventSource<?, SecurePredictionEndpoint>> sources() {
        return List.of(pods, replicaSets);
    }

    /** The pods of this Deployment, by name. */
    public List<Pod> of(SecurePredictionEndpoint endpoint, Deployment deployment) {
        return pods.getSecondaryResources(endpoint).stream()
                .filter(pod -> isOwned(pod, deployment))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /** Sets an annotation, which makes the kubelet refresh the pod's volumes now. */
    public void annotate(Pod pod, String key, String value) {
        patch(pod, Map.of("metadata", Map.of("annotations", Map.of(key, value))));
    }

    /**
     * Takes a pod out of the Service. Its ReplicaSet makes another; this one is kept for inspection, and any kept before it
     * goes. One that is about to go anyway is not kept in the place of another.
     */
    public void quarantine(SecurePredictionEndpoint endpoint, String podName) {
        var all = List.copyOf(pods.getSecondaryResources(endpoint));
        var stays = all.stream()
                .filter(pod -> pod.getMetadata().getName().equals(podName))
                .map(pod -> patch(pod, "{\"metadata\":{\"labels\":{\"" + Labels.SERVING + "\":null}}}"))
                .anyMatch(pod -> pod != null && pod.getMetadata().getDeletionTimestamp() == null);
        if (stays) {
            all.stream()
                    .filter(pod -> !pod.getMetadata().getLabels().containsKey(Labels.SERVING))
                    .filter(pod -> !pod.getMetadata().getName().equals(podName))
                    .forEach(pod -> client.resource(pod).delete());
        }
    }

    /** Removes pods kept for inspection; all others go with their Deployment. */
    public void removeKept(EndpointKey endpoint, Predicate<String> going) {
        pods.getSecondaryResources(OwnedKind.named(endpoint)).stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().isEmpty())
                .filter(pod -> !going.test(pod.getMetadata().getNamespace()))
                .forEach(pod -> client.resource(pod).delete());
    }

    private void patch(Pod pod, Map<String, ?> change) {
        patch(pod, client.getKubernetesSerialization().asJson(change));
    }

    /** Null where the pod is gone. */
    private @Nullable Pod patch(Pod pod, String change) {
        var patched = client.resource(pod).patch(PatchContext.of(PatchType.JSON_MERGE), change);
        if (patched != null) {
            pods.handleRecentResourceUpdate(ResourceID.fromResource(pod), patched, pod);
        }
        return patched;
    }

    private boolean isOwned(Pod pod, Deployment deployment) {
        return controller(pod)
                .filter(owner -> "ReplicaSet".equals(owner.getKind()))
                .flatMap(owner -> replicaSets
                        .get(new ResourceID(owner.getName(), pod.getMetadata().getNamespace()))
                        .filter(set -> set.getMetadata().getUid().equals(owner.getUid())))
                .flatMap(GatewayPods::controller)
                .filter(owner -> owner.getUid().equals(deployment.getMetadata().getUid()))
                .isPresent();
    }

    private static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    /** Readiness, what keeps it from that, address, labels and the end of a pod; not every heartbeat. */
    private static boolean matters(Pod now, Pod before) {
        return !Objects.equals(readiness(now), readiness(before))
                || !PodTrouble.of(now).equals(PodTrouble.of(before))
                || !Objects.equals(
                        now.getStatus().getPodIP(), before.getStatus().getPodIP())
                || !Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }

    private static List<String> readiness(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(condition -> condition.getStatus())
                .toList();
    }
}
