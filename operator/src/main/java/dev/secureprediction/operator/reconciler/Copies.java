package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * What a round works on. The framework makes a copy before each round, and a round that waits for its turn holds it: so of our own
 * kinds only the metadata is copied, since spec and status are records that nobody changes.
 */
public final class Copies implements Cloner {

    private final KubernetesSerialization json;

    /**
     * Copies.
     *
     * @param json copies other kinds whole
     */
    public Copies(KubernetesSerialization json) {
        this.json = json;
    }

    @Override
    @SuppressWarnings("unchecked") // a copy is of its original's class
    public <R extends HasMetadata> R clone(R original) {
        return (R)
                switch (original) {
                    case SecurePredictionEndpoint endpoint -> copy(endpoint, new SecurePredictionEndpoint());
                    case PredictionEnvironment environment -> copy(environment, new PredictionEnvironment());
                    case PredictionVerification verification -> copy(verification, new PredictionVerification());
                    default -> json.clone(original);
                };
    }

    private static <S, T, R extends CustomResource<S, T>> R copy(R original, R empty) {
        empty.setMetadata(new ObjectMetaBuilder(original.getMetadata()).build());
        empty.setSpec(original.getSpec());
        empty.setStatus(original.getStatus());
        return empty;
    }
}
