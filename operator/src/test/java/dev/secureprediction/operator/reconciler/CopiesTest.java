package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A copy may be changed where the framework changes one, and takes next to no memory where nobody does. */
final class CopiesTest {

    private final Copies copies = new Copies(new KubernetesSerialization());

    @Test
    void theMetadataOfACopyIsItsOwn() {
        var original = endpoint();

        var copy = copies.clone(original);
        copy.getMetadata().getFinalizers().add("secureprediction.dev/finalizer");
        copy.getMetadata().getLabels().put("team", "other");
        copy.getMetadata().setResourceVersion("8");

        assertThat(original).isEqualTo(endpoint());
    }

    @Test
    void allElseIsSharedSinceNobodyCanChangeIt() {
        var original = endpoint();

        var copy = copies.clone(original);

        assertThat(copy).isEqualTo(original).isNotSameAs(original);
        assertThat(copy.getSpec()).isSameAs(original.getSpec());
        assertThat(copy.getStatus()).isSameAs(original.getStatus());
    }

    @Test
    void otherKindsAreCopiedWhole() {
        var original = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("policy")
                .endMetadata()
                .addToData("policy.json", "{}")
                .build();

        var copy = copies.clone(original);
        copy.getData().put("policy.json", "[]");

        assertThat(original.getData()).isEqualTo(Map.of("policy.json", "{}"));
    }

    private static SecurePredictionEndpoint endpoint() {
        var endpoint = new SecurePredictionEndpoint();
        endpoint.setMetadata(new ObjectMetaBuilder()
                .withName("chat")
                .withNamespace("team")
                .withResourceVersion("7")
                .addToLabels("team", "chat")
                .build());
        endpoint.setStatus(EndpointStatus.EMPTY);
        return endpoint;
    }
}
