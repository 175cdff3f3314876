package dev.secureprediction.operator.apply;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why pods do not come up, as the cluster says it: whoever reads "0 of 2" wants to know that next. The words stay the same while
 * the trouble does, since each change of them is a write.
 */
public final class PodTrouble {

    private static final Set<String> IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");
    private static final Set<String> CONTAINER =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    private PodTrouble() {}

    /** The first that is known of a Deployment and its pods. */
    public static Optional<String> of(Deployment deployment, List<Pod> pods) {
        return pods.stream()
                .flatMap(pod -> of(pod).stream())
                .findFirst()
                .or(() -> deployment.getStatus() == null
                        ? Optional.empty()
                        : deployment.getStatus().getConditions().stream()
                                .filter(condition -> condition.getType().equals("ReplicaFailure")
                                        && condition.getStatus().equals("True"))
                                .map(DeploymentCondition::getMessage)
                                .findFirst());
    }

    /** What keeps one pod from being ready, where the cluster says so. */
    static Optional<String> of(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || pod.getStatus() == null) {
            return Optional.empty();
        }
        Optional<String> unplaced = pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False"))
                .map(condition -> "cannot be placed on a node: " + condition.getMessage())
                .findFirst();
        return unplaced.or(() -> pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
                        .flatMap(container -> of(container).stream())
                        .findFirst())
                .map(trouble -> "pod " + pod.getMetadata().getName() + " " + trouble);
    }

    private static Optional<String> of(ContainerStatus container) {
        ContainerStateWaiting waiting =
                container.getState() == null ? null : container.getState().getWaiting();
        String reason = waiting == null ? "" : String.valueOf(waiting.getReason());
        if (IMAGE.contains(reason)) {
            return Optional.of("cannot pull its image " + container.getImage());
        }
        if (waiting != null && CONTAINER.contains(reason)) {
            return Optional.of("cannot be started, " + reason + ": " + waiting.getMessage());
        }
        ContainerStateTerminated ended = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        return Optional.ofNullable(ended)
                .map(last -> "ended with exit code " + last.getExitCode() + " ("
                        + Optional.ofNullable(last.getReason()).orElse("no reason")
                        + ") and is not ready since; see its log");
    }
}
