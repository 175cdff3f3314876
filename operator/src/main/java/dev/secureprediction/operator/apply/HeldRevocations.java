package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.render.GatewayPolicy;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.policy.model.Revocations;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/**
 * Refuses who is revoked while nothing else of an endpoint can be planned, since its environment is not accepted: what serves goes
 * on as it is, but for them.
 */
public final class HeldRevocations {

    private final GatewayObjects objects;
    private final GatewayPods pods;
    private final KubernetesClient client;

    public HeldRevocations(GatewayObjects objects, GatewayPods pods, KubernetesClient client) {
        this.objects = objects;
        this.pods = pods;
        this.client = client;
    }

    /**
     * Writes them into the policy that stands, if there is one and it says anything else, and has its pods look at once.
     *
     * @throws KubernetesClientException when the API server did not take it
     */
    public void apply(SecurePredictionEndpoint endpoint, Revocations revocations) {
        var wanted = GatewayPolicy.revocations(revocations);
        for (var policy : objects.policies(endpoint)) {
            if (!wanted.equals(policy.getData().get(GatewayPolicy.REVOCATIONS))) {
                write(policy, wanted);
                touch(endpoint, policy);
            }
        }
    }

    private void write(ConfigMap policy, String wanted) {
        var change = Map.of("data", Map.of(GatewayPolicy.REVOCATIONS, wanted));
        var patch = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(Labels.OPERATOR)
                .build();
        client.resource(policy).patch(patch, client.getKubernetesSerialization().asJson(change));
    }

    private void touch(SecurePredictionEndpoint endpoint, ConfigMap policy) {
        objects.deployment(endpoint, policy.getMetadata().getName())
                .ifPresent(deployment -> pods.of(endpoint, deployment)
                        .forEach(pod -> pods.annotate(
                                pod,
                                PolicyTouch.ANNOTATION,
                                "held-" + policy.getMetadata().getResourceVersion())));
    }
}
