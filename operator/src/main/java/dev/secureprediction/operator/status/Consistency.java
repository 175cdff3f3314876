package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyState;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyStatus;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.plan.ContractDifference;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a contract stands to the one in the environment before. Only what both resources say now is compared: without
 * histories a difference cannot be told apart into behind, ahead and diverged, so it is not.
 */
record Consistency(
        Truth truth,
        Reason reason,
        String message,
        @Nullable ConsistencyStatus status) {

    private static final int MAX_PATHS = 16;

    static Consistency of(EndpointInputs inputs) {
        Optional<String> upstream = inputs.environment()
                .map(EnvironmentInputs::environment)
                .flatMap(
                        own -> Optional.ofNullable(own.getSpec().promotesFrom()).map(from -> from.environment()));
        if (upstream.isEmpty()) {
            return new Consistency(Truth.Unknown, Reason.NoPeer, "no environment is before this one", noPeer(null));
        }
        return inputs.peers().stream()
                .min(Comparator.comparing(peer -> name(peer)))
                .map(peer -> against(peer, upstream.get(), inputs.endpoint()))
                .orElseGet(() -> new Consistency(
                        Truth.Unknown,
                        Reason.NoPeer,
                        "environment '" + upstream.get() + "' has no endpoint of this tenant and application",
                        noPeer(upstream.get())));
    }

    /** Sets the condition. */
    void addTo(ConditionSet conditions) {
        conditions.set(ConditionType.Consistent, truth, reason, message);
    }

    private static Consistency against(
            SecurePredictionEndpoint peer, String environment, SecurePredictionEndpoint endpoint) {
        Contract mine = endpoint.getSpec().contract();
        Contract theirs = peer.getSpec().contract();
        Optional<String> digest = ContractDigest.ifAny(mine);
        String upstream = environment + "/" + name(peer);
        if (digest.isEmpty() || ContractDigest.ifAny(theirs).isEmpty()) {
            return new Consistency(
                    Truth.Unknown,
                    Reason.PeerUnknown,
                    "one of this contract and that of " + upstream + " has no digest",
                    new ConsistencyStatus(ConsistencyState.Unknown, upstream, List.of()));
        }
        if (digest.equals(ContractDigest.ifAny(theirs))) {
            return new Consistency(
                    Truth.True,
                    Reason.Same,
                    "the same contract as " + upstream,
                    new ConsistencyStatus(ConsistencyState.Same, upstream, List.of()));
        }
        List<String> paths = ContractDifference.paths(mine, theirs, MAX_PATHS);
        EndpointStatus peerStatus = peer.getStatus();
        if (peerStatus != null && digest.get().equals(peerStatus.admittedContractDigest())) {
            return new Consistency(
                    Truth.True,
                    Reason.Behind,
                    upstream + " still serves this contract and asks for a newer one",
                    new ConsistencyStatus(ConsistencyState.Behind, upstream, paths));
        }
        return new Consistency(
                Truth.Unknown,
                Reason.Differs,
                "differs from " + upstream + " at " + String.join(", ", paths),
                new ConsistencyStatus(ConsistencyState.Unknown, upstream, paths));
    }

    private static ConsistencyStatus noPeer(@Nullable String upstream) {
        return new ConsistencyStatus(ConsistencyState.NoPeer, upstream, List.of());
    }

    private static String name(SecurePredictionEndpoint peer) {
        return peer.getMetadata().getNamespace() + "/" + peer.getMetadata().getName();
    }
}
