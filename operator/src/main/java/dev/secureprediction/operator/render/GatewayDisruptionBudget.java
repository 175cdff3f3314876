package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Optional;

/** Lets one pod at a time be evicted, where there is more than one. */
public final class GatewayDisruptionBudget {

    private GatewayDisruptionBudget() {}

    public static Optional<PodDisruptionBudget> of(DesiredGateway gateway) {
        if (gateway.minReplicas() < 2) { // a budget over a single pod would block every node's drain
            return Optional.empty();
        }
        return Optional.of(new PodDisruptionBudgetBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Labels.serving(gateway))
                .endSelector()
                .endSpec()
                .build());
    }
}
