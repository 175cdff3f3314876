package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.status.GatewayReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** A pod whose policy is no longer the one that it was given. */
record Altered(Pod pod, Difference difference) {

    static List<Altered> of(DesiredState state, GatewayReport report, List<Pod> pods) {
        return report.pods().stream()
                .filter(GatewayReport.PodReport::altered)
                .flatMap(altered -> pods.stream()
                        .filter(pod -> pod.getMetadata().getName().equals(altered.pod()))
                        .map(pod -> new Altered(
                                pod,
                                new Difference(
                                        "Pod/" + altered.pod(),
                                        "policy",
                                        state.policyDigest(),
                                        altered.policyDigest().orElse(Difference.ABSENT)))))
                .toList();
    }
}
