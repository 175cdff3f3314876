package dev.secureprediction.operator.promotions;

import dev.secureprediction.operator.api.v1alpha1.ApiGroup;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Who may ask: whoever the cluster knows, and lets read the endpoint. */
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

    /** Whether somebody may read an endpoint (SubjectAccessReview). */
    boolean mayRead(UserInfo user, PromotionQuery query) {
        var review = client.resource(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user.getUsername())
                        .withUid(user.getUid())
                        .withGroups(user.getGroups())
                        .withNewResourceAttributes()
                        .withGroup(ApiGroup.NAME)
                        .withResource("securepredictionendpoints")
                        .withVerb("get")
                        .withNamespace(query.namespace())
                        .withName(query.name())
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create();
        return Boolean.TRUE.equals(review.getStatus().getAllowed());
    }
}
