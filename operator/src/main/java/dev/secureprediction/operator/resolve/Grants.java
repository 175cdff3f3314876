package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.environment.Grant;
import dev.secureprediction.policy.model.Surface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the one grant that covers an endpoint whole. */
sealed interface Grants {

    /** It does. */
    record Covered(Grant grant) implements Grants {}

    /** None does; what the closest one leaves out. */
    record Uncovered(List<Problem> problems) implements Grants {}

    /** The first grant that covers everything, else the one that leaves out least. */
    static Grants covering(
            EndpointInputs inputs, PredictionEnvironment environment, WantedModel model, List<Surface> surfaces) {
        List<Grant> grants = environment.getSpec().allow();
        List<List<Problem>> attempts = new ArrayList<>();
        for (int i = 0; i < grants.size(); i++) {
            Grant grant = grants.get(i);
            if (!GrantCheck.isFor(grant, inputs.namespaceLabels())) {
                continue;
            }
            List<Problem> uncovered =
                    GrantCheck.uncovered(grant, i, inputs.endpoint().getSpec(), model, surfaces);
            if (uncovered.isEmpty()) {
                return new Covered(grant);
            }
            attempts.add(uncovered);
        }
        return new Uncovered(attempts.stream()
                .min(Comparator.comparingInt(List::size))
                .orElseGet(() -> List.of(noGrantFor(inputs, environment))));
    }

    private static Problem noGrantFor(EndpointInputs inputs, PredictionEnvironment environment) {
        return new Problem(
                Reason.NotAllowedByEnvironment,
                "metadata.namespace",
                "no grant of environment '" + environment.getMetadata().getName() + "' is for namespace '"
                        + inputs.endpoint().getMetadata().getNamespace()
                        + "'; ask the platform team for one, or for the labels on the namespace that a grant selects");
    }
}
