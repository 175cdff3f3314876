package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.node.identity.WorkloadIdentity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a node behaves. The defaults are a kubelet's.
 *
 * @param name of the Node object
 * @param volumeRefresh how long changed ConfigMaps, Secrets and tokens take to appear in running pods; jittered up to half as much again
 * @param restartBackOff pause before the second restart of a failing container, doubled for each further one up to 5 minutes; also the pause before an image is looked up again
 * @param tokenRefreshAfter which part of a projected token's life passes before it is renewed, 0 to 1
 * @param environment added to every container that does not set the same names itself; {@code JAVA_TOOL_OPTIONS} is prepended to the container's own
 * @param workloadIdentity who pods are in Google Cloud; absent: pods have no metadata server
 */
public record NodeOptions(
        String name,
        Duration volumeRefresh,
        Duration restartBackOff,
        double tokenRefreshAfter,
        Map<String, String> environment,
        Optional<WorkloadIdentity> workloadIdentity) {

    /** What every JVM reads its options from. */
    public static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

    public NodeOptions {
        environment = Map.copyOf(environment);
    }

    /** As a kubelet does it. */
    public static NodeOptions defaults() {
        return new NodeOptions(
                "sandbox-node", Duration.ofSeconds(60), Duration.ofSeconds(10), 0.8, Map.of(), Optional.empty());
    }

    public NodeOptions withName(String value) {
        return new NodeOptions(value, volumeRefresh, restartBackOff, tokenRefreshAfter, environment, workloadIdentity);
    }

    public NodeOptions withVolumeRefresh(Duration value) {
        return new NodeOptions(name, value, restartBackOff, tokenRefreshAfter, environment, workloadIdentity);
    }

    public NodeOptions withRestartBackOff(Duration value) {
        return new NodeOptions(name, volumeRefresh, value, tokenRefreshAfter, environment, workloadIdentity);
    }

    public NodeOptions withTokenRefreshAfter(double value) {
        return new NodeOptions(name, volumeRefresh, restartBackOff, value, environment, workloadIdentity);
    }

    public NodeOptions withEnvironment(Map<String, String> value) {
        return new NodeOptions(name, volumeRefresh, restartBackOff, tokenRefreshAfter, value, workloadIdentity);
    }

    public NodeOptions withWorkloadIdentity(WorkloadIdentity value) {
        return new NodeOptions(name, volumeRefresh, restartBackOff, tokenRefreshAfter, environment, Optional.of(value));
    }
}
