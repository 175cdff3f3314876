package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** A container that configures its client from where it runs, as an operator does, and says who it is. */
final class ClusterClient {

    private ClusterClient() {}

    public static void main(String[] arguments) {
        try (var client = new KubernetesClientBuilder().build()) {
            var review = client.resource(new SelfSubjectReviewBuilder().build()).create();
            System.out.println(
                    "I am " + review.getStatus().getUserInfo().getUsername() + " in " + client.getNamespace());
        }
    }
}
