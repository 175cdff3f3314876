package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.node.ContainerPhase.Terminated;
import dev.secureprediction.sandbox.node.ContainerPhase.Waiting;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Tells the API server how a pod does, when that has changed. Called by the pod's worker only. */
final class PodStatusWriter {

    private final NodeContext node;
    private final String startTime = ContainerPhase.text(Instant.now());
    private final Map<String, PodCondition> conditions = new HashMap<>();
    private Optional<PodStatus> sent = Optional.empty();

    PodStatusWriter(NodeContext node) {
        this.node = node;
    }

    /**
     * Writes the status when it differs from the one written last.
     *
     * @param address empty before the pod has one
     */
    void write(Pod pod, Optional<String> address, List<ContainerRunner> containers, Optional<String> refusal) {
        var status = status(pod, address, containers, refusal);
        if (sent.filter(status::equals).isPresent()) {
            return;
        }
        var meta = pod.getMetadata();
        // with the uid, so that a namesake made meanwhile is left alone
        var patch = new PodBuilder()
                .withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .endMetadata()
                .withStatus(status)
                .build();
        node.client()
                .pods()
                .inNamespace(meta.getNamespace())
                .resource(patch)
                .subresource("status")
                .patch(Applying.AS_NODE);
        sent = Optional.of(status);
    }

    private PodStatus status(
            Pod pod, Optional<String> address, List<ContainerRunner> containers, Optional<String> refusal) {
        var phase = refusal.isPresent() ? "Failed" : phase(containers);
        var ready = !containers.isEmpty() && containers.stream().allMatch(ContainerRunner::ready);
        var done = phase.equals("Succeeded");
        var gates = openGates(pod);
        List<PodCondition> all = new ArrayList<>();
        all.add(condition("Initialized", true, "", ""));
        all.add(condition("ContainersReady", ready, done ? "PodCompleted" : "ContainersNotReady", unready(containers)));
        all.add(
                ready && !gates.isEmpty()
                        ? condition("Ready", false, "ReadinessGatesNotReady", "not True: " + gates)
                        : condition("Ready", ready, done ? "PodCompleted" : "ContainersNotReady", unready(containers)));
        var builder = new PodStatusBuilder()
                .withPhase(phase)
                .withStartTime(startTime)
                .withHostIP(node.address())
                .withHostIPs(new HostIP(node.address()))
                .withConditions(all)
                .withContainerStatuses(
                        containers.stream().map(ContainerRunner::status).toList());
        refusal.ifPresent(reason -> builder.withReason("NotSupportedBySandbox").withMessage(reason));
        address.ifPresent(ip -> builder.withPodIP(ip).withPodIPs(new PodIP(ip)));
        return builder.build();
    }

    private static String phase(List<ContainerRunner> containers) {
        var phases = containers.stream().map(ContainerRunner::phase).toList();
        if (phases.stream().allMatch(Terminated.class::isInstance) && !phases.isEmpty()) {
            return phases.stream().map(Terminated.class::cast).allMatch(ended -> ended.exitCode() == 0)
                    ? "Succeeded"
                    : "Failed";
        }
        // once all have run, waiting for a restart is Running too
        var neverRan = containers.stream()
                .anyMatch(container -> container.phase() instanceof Waiting
                        && container.status().getContainerID() == null);
        return neverRan ? "Pending" : "Running";
    }

    private static String unready(List<ContainerRunner> containers) {
        return "containers with unready status: "
                + containers.stream()
                        .filter(container -> !container.ready())
                        .map(ContainerRunner::name)
                        .toList();
    }

    private static List<String> openGates(Pod pod) {
        var present = pod.getStatus().getConditions();
        return pod.getSpec().getReadinessGates().stream()
                .map(gate -> gate.getConditionType())
                .filter(type -> present.stream()
                        .noneMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True")))
                .toList();
    }

    /** Keeps the time of transition while the status stays. */
    private PodCondition condition(String type, boolean holds, String reason, String message) {
        var status = holds ? "True" : "False";
        var time = Optional.ofNullable(conditions.get(type))
                .filter(known -> Objects.equals(known.getStatus(), status))
                .map(PodCondition::getLastTransitionTime)
                .orElseGet(() -> ContainerPhase.text(Instant.now()));
        var condition = new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(holds ? null : reason)
                .withMessage(holds ? null : message)
                .withLastTransitionTime(time)
                .build();
        conditions.put(type, condition);
        return condition;
    }
}
