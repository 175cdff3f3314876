package dev.secureprediction.operator.promotions;

import dev.secureprediction.operator.api.v1alpha1.ApiGroup;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Who may ask: whoever the cluster knows, and lets do with the endpoint what the question is about. */
final class Callers {

    private final KubernetesClient client;

    Callers(KubernetesClient client) {
        this.client = client;
    }

    /** Whose token this is (TokenReview); empty when nobody's. */
    Optional<UserInfo> of(String token) {
        var review = client.resource(new TokenReviewBuilder()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build())
                .create();
        return Boolean.TRUE.equals(review.getStatus().getAuthenticated())
                ? Optional.of(review.getStatus().getUser())
                : Optional.empty();
    }

    /** Whether somebody may do that with an endpoint (SubjectAccessReview). */
    boolean may(String verb, UserInfo user, String namespace, String name) {
        return may(
                user,
                new ResourceAttributesBuilder()
                        .withGroup(ApiGroup.NAME)
                        .withResource("securepredictionendpoints")
                        .withVerb(verb)
                        .withNamespace(namespace)
                        .withName(name)
                        .build());
    }

    /** Whether somebody may do that with an environment (SubjectAccessReview). */
    boolean may(String verb, UserInfo user, String environment) {
        return may(
                user,
                new ResourceAttributesBuilder()
                        .withGroup(ApiGroup.NAME)
                        .withResource("predictionenvironments")
                        .withVerb(verb)
                        .withName(environment)
                        .build());
    }

    private boolean may(UserInfo user, ResourceAttributes what) {
        var review = client.resource(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user.getUsername())
                        .withUid(user.getUid())
                        .withGroups(user.getGroups())
                        .withResourceAttributes(what)
                        .endSpec()
                        .build())
                .create();
        return Boolean.TRUE.equals(review.getStatus().getAllowed());
    }
}
