package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.Set;

/** What of watched objects somebody here reads; the rest is not kept. The objects given are left as they are. */
final class Needed {

    private static final Set<String> CONDITIONS = Set.of("Ready", "PodScheduled");

    private Needed() {}

    /** All but who else wrote which field: what we applied is compared by our own entry. */
    static <R extends HasMetadata> R ofOurs(R object) {
        object.getMetadata()
                .setManagedFields(object.getMetadata().getManagedFields().stream()
                        .filter(entry -> Labels.OPERATOR.equals(entry.getManager()))
                        .toList());
        return object;
    }

    /** Where it listens, whether it is ready or why not, whose it is. */
    static Pod ofPod(Pod pod) {
        var status = pod.getStatus();
        return new PodBuilder()
                .withMetadata(plain(pod))
                .withNewSpec()
                .withContainers(pod.getSpec().getContainers().stream()
                        .limit(1)
                        .map(container -> new ContainerBuilder()
                                .withName(container.getName())
                                .withImage(container.getImage())
                                .withPorts(container.getPorts())
                                .build())
                        .toList())
                .endSpec()
                .withNewStatus()
                .withPhase(status.getPhase())
                .withPodIP(status.getPodIP())
                .withConditions(status.getConditions().stream()
                        .filter(condition -> CONDITIONS.contains(condition.getType()))
                        .toList())
                .withContainerStatuses(status.getContainerStatuses())
                .endStatus()
                .build();
    }

    /** A link between a pod and its Deployment. */
    static ReplicaSet ofReplicaSet(ReplicaSet set) {
        return new ReplicaSetBuilder().withMetadata(plain(set)).build();
    }

    private static ObjectMeta plain(HasMetadata object) {
        return new ObjectMetaBuilder(object.getMetadata()).withManagedFields().build();
    }
}
