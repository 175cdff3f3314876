package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * Hands a Deployment's number of replicas to the autoscaler. A field whose only owner stops applying it falls back to its
 * default, one, so another owner keeps the number as it is until the autoscaler has taken it.
 */
final class ReplicaHandover {

    private static final String KEEPER = Labels.OPERATOR + "-autoscaling";

    private ReplicaHandover() {}

    /** Does nothing but for a Deployment whose replicas were ours and no longer are. */
    static void beforeApplying(HasMetadata wanted, HasMetadata actual, KubernetesClient client) {
        if (wanted instanceof Deployment desired
                && actual instanceof Deployment existing
                && desired.getSpec().getReplicas() == null
                && isOurs(existing)) {
            client.resource(new DeploymentBuilder()
                            .withNewMetadata()
                            .withName(existing.getMetadata().getName())
                            .withNamespace(existing.getMetadata().getNamespace())
                            .endMetadata()
                            .withNewSpec()
                            .withReplicas(existing.getSpec().getReplicas())
                            .endSpec()
                            .build())
                    .fieldManager(KEEPER)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private static boolean isOurs(Deployment existing) {
        return existing.getMetadata().getManagedFields().stream()
                .filter(entry -> Labels.OPERATOR.equals(entry.getManager()))
                .filter(entry -> "Apply".equals(entry.getOperation()))
                .map(entry -> entry.getFieldsV1().getAdditionalProperties().get("f:spec"))
                .anyMatch(spec -> spec instanceof Map<?, ?> fields && fields.containsKey("f:replicas"));
    }
}
