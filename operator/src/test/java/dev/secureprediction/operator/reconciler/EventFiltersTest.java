package dev.secureprediction.operator.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class EventFiltersTest {

    private final EventFilters<SecurePredictionEndpoint> filter = new EventFilters<>();

    @Test
    void aStatusOfOurOwnWakesNobody() {
        assertThat(accepts(meta -> meta.withResourceVersion("2"))).isFalse();
    }

    @Test
    void aLabelOrAnnotationOfOursIsHeardThoughTheGenerationStays() {
        assertThat(accepts(meta -> meta.addToLabels("secureprediction.dev/application", "chat")))
                .isTrue();
        assertThat(accepts(meta -> meta.addToAnnotations("secureprediction.dev/again", "1")))
                .isTrue();
    }

    @Test
    void labelsOfOthersAreNot() {
        assertThat(accepts(meta -> meta.addToLabels("argocd.argoproj.io/instance", "x")))
                .isFalse();
    }

    @Test
    void anEditTheBeginOfDeletionAndAFinalizerAreHeard() {
        assertThat(accepts(meta -> meta.withGeneration(2L))).isTrue();
        assertThat(accepts(meta -> meta.withDeletionTimestamp("2026-01-01T00:00:00Z")))
                .isTrue();
        assertThat(accepts(meta -> meta.withFinalizers())).isTrue();
    }

    private boolean accepts(UnaryOperator<ObjectMetaBuilder> change) {
        var before = endpoint(UnaryOperator.identity());
        return filter.accept(endpoint(change), before);
    }

    private static SecurePredictionEndpoint endpoint(UnaryOperator<ObjectMetaBuilder> change) {
        var endpoint = new SecurePredictionEndpoint();
        endpoint.setMetadata(change.apply(new ObjectMetaBuilder()
                        .withName("chat")
                        .withNamespace("team")
                        .withGeneration(1L)
                        .withFinalizers(EndpointReconciler.FINALIZER))
                .build());
        return endpoint;
    }
}
