package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.environment.PromotesFrom;
import dev.secureprediction.operator.api.v1alpha1.environment.Promotion;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyState;
import dev.secureprediction.operator.api.v1alpha1.status.ConsistencyStatus;
import dev.secureprediction.operator.plan.ContractDifference;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.promotion.Admitted;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Peer;
import dev.secureprediction.operator.resolve.PromotionInputs;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a contract stands to the one in the environment before, by what both say and by what each ever admitted. */
record Consistency(
        Truth truth,
        Reason reason,
        String message,
        @Nullable ConsistencyStatus status,
        Optional<Instant> due) {

    private static final int MAX_PATHS = 16;
    private static final int SHOWN_PATHS = 5;

    static Consistency of(EndpointInputs inputs) {
        Optional<PromotesFrom> from = inputs.environment()
                .flatMap(own -> Optional.ofNullable(own.environment().getSpec().promotesFrom()));
        if (from.isEmpty()) {
            return noPeer("no environment is before this one", null);
        }
        String upstream = from.get().environment();
        PromotionInputs promotion = inputs.promotion();
        Optional<String> mine = ContractDigest.ifAny(inputs.endpoint().getSpec().contract());
        if (mine.isEmpty()) {
            return unknown("this contract has no digest", upstream);
        }
        if (promotion.application().tenant().isEmpty()) {
            return unknown("its namespace has no label " + promotion.tenantLabel(), upstream);
        }
        if (promotion.peer().isPresent()) {
            return against(promotion.peer().get(), upstream, mine.get(), inputs);
        }
        boolean isElsewhere = !from.get().verifiers().isEmpty();
        if (isElsewhere) {
            return DistantConsistency.of(upstream, mine.get(), inputs);
        }
        boolean exists = inputs.environment().get().upstreams().containsKey(upstream);
        return exists
                ? noPeer("environment '" + upstream + "' has no endpoint of this tenant and application", upstream)
                : unknown("environment '" + upstream + "' does not exist", upstream);
    }

    /** Sets the condition. */
    void addTo(ConditionSet conditions) {
        conditions.set(ConditionType.Consistent, truth, reason, message);
    }

    private static Consistency against(Peer peer, String environment, String mine, EndpointInputs inputs) {
        SecurePredictionEndpoint endpoint = peer.endpoint();
        String upstream = environment + "/" + endpoint.getMetadata().getNamespace() + "/"
                + endpoint.getMetadata().getName();
        Optional<String> theirs = ContractDigest.ifAny(endpoint.getSpec().contract());
        if (theirs.isEmpty()) {
            return unknown("the contract of " + upstream + " has no digest", upstream);
        }
        if (theirs.get().equals(mine)) {
            return new Consistency(
                    Truth.True,
                    Reason.Same,
                    "the same contract as " + upstream
                            + ModelVersions.difference(ModelVersions.of(inputs.endpoint()), ModelVersions.of(endpoint)),
                    new ConsistencyStatus(ConsistencyState.Same, upstream, List.of()),
                    Optional.empty());
        }
        List<ContractDifference.At> differences = ContractDifference.between(
                inputs.endpoint().getSpec().contract(), endpoint.getSpec().contract(), MAX_PATHS);
        String where = differences.stream()
                        .limit(SHOWN_PATHS)
                        .map(ContractDifference.At::toString)
                        .collect(Collectors.joining(", "))
                + (differences.size() > SHOWN_PATHS ? " and more" : "");
        List<String> paths =
                differences.stream().map(ContractDifference.At::path).toList();
        if (peer.history().ofContract(mine).isPresent()) {
            Optional<Instant> newer = peer.history().ofContract(theirs.get()).map(Admitted::at);
            return behind(upstream, newer, where, paths, inputs);
        }
        if (inputs.promotion().history().ofContract(theirs.get()).isPresent()) {
            return new Consistency(
                    Truth.False,
                    Reason.Ahead,
                    "the contract of " + upstream + " was admitted here earlier; this one differs at " + where,
                    new ConsistencyStatus(ConsistencyState.Ahead, upstream, paths),
                    Optional.empty());
        }
        return new Consistency(
                Truth.False,
                Reason.Diverged,
                "neither this contract nor that of " + upstream + " was ever admitted on the other side; differs at "
                        + where,
                new ConsistencyStatus(ConsistencyState.Diverged, upstream, paths),
                Optional.empty());
    }

    private static Consistency behind(
            String upstream, Optional<Instant> newer, String where, List<String> paths, EndpointInputs inputs) {
        Optional<Instant> end = newer.map(since -> since.plus(maxLag(inputs)));
        var status = new ConsistencyStatus(ConsistencyState.Behind, upstream, paths);
        if (end.filter(limit -> !inputs.promotion().now().isBefore(limit)).isPresent()) {
            return new Consistency(
                    Truth.False,
                    Reason.LagExceeded,
                    upstream + " has had a newer contract since " + newer.get() + "; differs at " + where,
                    status,
                    Optional.empty());
        }
        return new Consistency(
                Truth.True,
                Reason.Behind,
                upstream + " admitted this contract earlier and has a newer one"
                        + newer.map(since -> " since " + since).orElse("") + "; differs at " + where,
                status,
                end);
    }

    private static Duration maxLag(EndpointInputs inputs) {
        return inputs.environment()
                .map(EnvironmentInputs::environment)
                .map(own -> Promotion.orDefault(own.getSpec().promotion()).maxLag())
                .orElseThrow();
    }

    static Consistency unknown(String message, String upstream) {
        return new Consistency(
                Truth.Unknown,
                Reason.PeerUnknown,
                message,
                new ConsistencyStatus(ConsistencyState.Unknown, upstream, List.of()),
                Optional.empty());
    }

    private static Consistency noPeer(String message, @Nullable String upstream) {
        return new Consistency(
                Truth.Unknown,
                Reason.NoPeer,
                message,
                new ConsistencyStatus(ConsistencyState.NoPeer, upstream, List.of()),
                Optional.empty());
    }
}
