package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.node.volume.PodVolumes;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.stream.Stream;

/** Names what this node cannot run, rather than running something else. */
final class Refusals {

    private Refusals() {}

    /** A message for the pod's status; empty when all is known here. */
    static Optional<String> of(Pod pod) {
        var spec = pod.getSpec();
        var containers = spec.getContainers();
        return Stream.of(
                        spec.getInitContainers().isEmpty() ? Optional.<String>empty() : Optional.of("init containers"),
                        spec.getEphemeralContainers().isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of("ephemeral containers"),
                        Boolean.TRUE.equals(spec.getHostNetwork())
                                ? Optional.of("hostNetwork")
                                : Optional.<String>empty(),
                        PodVolumes.refusal(pod),
                        containers.stream()
                                .map(Prober::refusal)
                                .flatMap(Optional::stream)
                                .findFirst(),
                        containers.stream()
                                .map(PreStop::refusal)
                                .flatMap(Optional::stream)
                                .findFirst())
                .flatMap(Optional::stream)
                .findFirst()
                .map(what -> "the sandbox's node does not do this: " + what);
    }
}
