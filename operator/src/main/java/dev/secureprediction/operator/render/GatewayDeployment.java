package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/**
 * A gateway's pods, within the restricted pod security standard. Nothing in the template follows from the policy, so that a new
 * policy restarts no pod.
 */
public final class GatewayDeployment {

    private static final long NOBODY = 65532;

    /** More than the drain, so that it is not cut short. */
    private static final long TERMINATION_SECONDS = GatewayContainer.DRAIN_SECONDS + 20L;

    private GatewayDeployment() {}

    public static Deployment of(DesiredGateway gateway) {
        return new DeploymentBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withNewSpec()
                .withReplicas(GatewayAutoscaler.scales(gateway) ? null : gateway.minReplicas())
                .withRevisionHistoryLimit(2)
                .withNewSelector()
                .withMatchLabels(Labels.serving(gateway))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(0))
                .withMaxSurge(new IntOrString(1))
                .endRollingUpdate()
                .endStrategy()
                .withTemplate(template(gateway))
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template(DesiredGateway gateway) {
        var settings = gateway.pod();
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Labels.all(gateway))
                .addToLabels(Labels.SERVING, "true")
                .withAnnotations(settings.annotations())
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(gateway.name())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(TERMINATION_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withRunAsGroup(NOBODY)
                .withFsGroup(NOBODY)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(GatewayContainer.of(gateway))
                .withVolumes(GatewayVolumes.volumes(gateway))
                .withNodeSelector(settings.nodeSelector().isEmpty() ? null : settings.nodeSelector())
                .withTolerations(settings.tolerations())
                .withImagePullSecrets(settings.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withTopologySpreadConstraints(
                        spread(gateway, "topology.kubernetes.io/zone"), spread(gateway, "kubernetes.io/hostname"))
                .endSpec()
                .build();
    }

    private static TopologySpreadConstraint spread(DesiredGateway gateway, String key) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(key)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Labels.serving(gateway))
                .endLabelSelector()
                .build();
    }
}
