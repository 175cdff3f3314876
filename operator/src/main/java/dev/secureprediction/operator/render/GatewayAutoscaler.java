package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.Optional;

/** Scales a gateway by processor use, where more replicas are allowed than the least. */
public final class GatewayAutoscaler {

    private static final int TARGET_PERCENT = 70;

    private GatewayAutoscaler() {}

    public static Optional<HorizontalPodAutoscaler> of(DesiredGateway gateway) {
        if (!scales(gateway)) {
            return Optional.empty();
        }
        return Optional.of(new HorizontalPodAutoscalerBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", gateway.name())
                .withMinReplicas(gateway.minReplicas())
                .withMaxReplicas(gateway.maxReplicas())
                .addNewMetric()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(TARGET_PERCENT)
                .endTarget()
                .endResource()
                .endMetric()
                .endSpec()
                .build());
    }

    static boolean scales(DesiredGateway gateway) {
        return gateway.maxReplicas() > gateway.minReplicas();
    }
}
