package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.DeletionPolicy;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Which endpoints were not asked to go by themselves; what nobody asked to delete is retained. */
record Retention(ClusterCaches caches, KubernetesClient client) {

    /** Whether what it has in Google Cloud stays, whatever its policy. */
    boolean retains(SecurePredictionEndpoint endpoint) {
        boolean withNamespace = endpoint.getSpec().deletionPolicy() != DeletionPolicy.Delete
                && caches.isTerminating(endpoint.getMetadata().getNamespace());
        return withNamespace || goWithTheirKind();
    }

    /** That the definition goes says nothing of any one endpoint. Asks the API server, which no watch of ours tells it of. */
    private boolean goWithTheirKind() {
        return Optional.ofNullable(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(CustomResource.getCRDName(SecurePredictionEndpoint.class))
                        .get())
                .map(HasMetadata::isMarkedForDeletion)
                .orElse(true);
    }
}
