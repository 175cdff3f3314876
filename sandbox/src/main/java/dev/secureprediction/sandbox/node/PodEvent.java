package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.api.model.Pod;

/** Something that a pod's worker must hear. */
sealed interface PodEvent {

    /** The API server's copy changed. */
    record Updated(Pod pod) implements PodEvent {}

    /** The API server has forgotten the pod, whatever its processes do. */
    record Removed() implements PodEvent {}

    /**
     * A container's process has ended.
     *
     * @param run which start of the container it was, from 0
     */
    record Exited(String container, int run, int exitCode) implements PodEvent {}

    /** A probe came to another verdict than before. */
    record Probed(String container, int run, ProbeKind kind, boolean success, String message) implements PodEvent {}

    /** The node stops: end the processes, leave the API server's copy alone. */
    record NodeStops() implements PodEvent {}
}
