package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.DeletionPolicy;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.environment.Requirements;
import java.util.ArrayList;
import java.util.List;

/** What an environment requires against what the one before it does: along a chain it may only get stricter. */
public final class Monotonicity {

    private final String upstream;
    private final List<Problem> weaker = new ArrayList<>();

    private Monotonicity(String upstream) {
        this.upstream = upstream;
    }

    /** Requirements that are weaker here. */
    public static List<Problem> weaker(PredictionEnvironment here, PredictionEnvironment before) {
        Requirements mine = here.getSpec().requireOrDefault();
        Requirements theirs = before.getSpec().requireOrDefault();
        Monotonicity comparison = new Monotonicity(before.getMetadata().getName());
        comparison.check(
                "gatewayMinReplicas", mine.gatewayMinReplicasOrDefault() < theirs.gatewayMinReplicasOrDefault());
        comparison.check(
                "endpointMinReplicas", mine.endpointMinReplicasOrDefault() < theirs.endpointMinReplicasOrDefault());
        comparison.check("maxTokenLifetimeSeconds", lifetime(mine) > lifetime(theirs));
        comparison.check(
                "deletionPolicy",
                mine.deletionPolicy() != DeletionPolicy.Retain && theirs.deletionPolicy() == DeletionPolicy.Retain);
        comparison.check("encryptionKey", mine.encryptionKey() == null && theirs.encryptionKey() != null);
        return List.copyOf(comparison.weaker);
    }

    private static int lifetime(Requirements requirements) {
        Integer seconds = requirements.maxTokenLifetimeSeconds();
        return seconds == null ? Integer.MAX_VALUE : seconds;
    }

    private void check(String field, boolean isWeaker) {
        if (isWeaker) {
            weaker.add(new Problem(
                    Reason.NotMonotone,
                    "spec.require." + field,
                    "less strict than in environment '" + upstream + "'; tighten it here, or loosen it there"));
        }
    }
}
