package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyState;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyStatus;
import dev.secureprediction.operator.promotion.Verdict;
import dev.secureprediction.operator.promotion.Verification;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.PromotionInputs;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a contract stands to an environment in another cluster, as far as its records tell. */
final class DistantConsistency {

    private DistantConsistency() {}

    static Consistency of(String upstream, String mine, EndpointInputs inputs) {
        PromotionInputs promotion = inputs.promotion();
        List<Verification> records =
                promotion.trusted().stream().map(Verdict.Trusted::said).toList();
        Optional<Verification> newest = records.stream().max(Comparator.comparingLong(Verification::soakTo));
        if (newest.isEmpty()) {
            return Consistency.unknown(
                    "environment '" + upstream + "' is in another cluster, and no record of it counts here", upstream);
        }
        if (newest.get().contractDigest().equals(mine)) {
            return known(
                    Truth.True,
                    Reason.Same,
                    ConsistencyState.Same,
                    "the contract last verified in " + upstream
                            + ModelVersions.difference(
                                    ModelVersions.of(inputs.endpoint()),
                                    Optional.ofNullable(newest.get().modelVersion())),
                    upstream);
        }
        if (records.stream().anyMatch(said -> said.contractDigest().equals(mine))) {
            return known(
                    Truth.True,
                    Reason.Behind,
                    ConsistencyState.Behind,
                    "verified in " + upstream + " earlier; a newer one was verified there since",
                    upstream);
        }
        if (promotion.history().ofContract(newest.get().contractDigest()).isPresent()) {
            return known(
                    Truth.False,
                    Reason.Ahead,
                    ConsistencyState.Ahead,
                    "the contract last verified in " + upstream + " was admitted here earlier",
                    upstream);
        }
        return Consistency.unknown(
                "its records of '" + upstream
                        + "' tell nothing about this contract, and contracts there cannot be seen",
                upstream);
    }

    private static Consistency known(
            Truth truth, Reason reason, ConsistencyState state, String message, String upstream) {
        return new Consistency(
                truth, reason, message, new ConsistencyStatus(state, upstream, List.of()), Optional.empty());
    }
}
