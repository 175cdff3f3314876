package dev.secureprediction.cli.inspect;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.IdentityStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The first thing that keeps an endpoint from being ready, its evidence, and what to do. Pure. */
final class Verdicts {

    /** In the order in which one waits for the other. */
    private static final List<ConditionType> PARTS = List.of(
            ConditionType.Accepted,
            ConditionType.EndpointReady,
            ConditionType.IdentityReady,
            ConditionType.GatewayReady,
            ConditionType.PolicyEnforced);

    private Verdicts() {}

    /** The first condition that does not hold; empty when all do. */
    static Optional<Condition> firstFailing(EndpointStatus status) {
        return PARTS.stream()
                .flatMap(type -> Conditions.find(status.conditions(), type).stream())
                .filter(condition -> !condition.status().equals("True"))
                .findFirst();
    }

    /** Lines for people. */
    static List<String> explain(SecurePredictionEndpoint endpoint) {
        EndpointStatus status = Objects.requireNonNullElse(endpoint.getStatus(), EndpointStatus.EMPTY);
        List<String> lines = new ArrayList<>();
        Long generation = endpoint.getMetadata().getGeneration();
        if (status.conditions().isEmpty()) {
            return List.of("The operator has not looked at it yet. Is it running?");
        }
        if (!Objects.equals(generation, status.observedGeneration())) {
            lines.add("The operator has not looked at the last edit yet (generation " + generation + ", seen "
                    + status.observedGeneration() + ").");
        }
        Optional<Condition> failing = firstFailing(status);
        if (failing.isPresent()) {
            Condition condition = failing.get();
            lines.add(condition.type() + " is " + condition.status() + ": " + condition.reason() + ", since "
                    + condition.lastTransitionTime());
            lines.add("  " + condition.message());
            meaning(condition.reason()).ifPresent(meaning -> lines.add("  " + meaning));
        } else {
            lines.add("Everything that Ready rests on holds.");
        }
        evidence(status, lines);
        return lines;
    }

    private static void evidence(EndpointStatus status, List<String> lines) {
        Conditions.find(status.conditions(), ConditionType.Paused)
                .filter(condition -> condition.status().equals("True"))
                .ifPresent(condition -> lines.add("Paused: " + condition.message()));
        for (DriftEntry drift : status.drift()) {
            if (drift.revertedAt() == null) {
                lines.add("Drifted: " + drift.resource() + " " + drift.field() + " is '" + drift.observed()
                        + "', wanted '" + drift.desired() + "', since " + drift.detectedAt());
            }
        }
        Optional.ofNullable(status.identity())
                .map(IdentityStatus::excessPermissions)
                .orElse(List.of())
                .forEach(excess -> lines.add("Excess: " + excess));
        Optional.ofNullable(status.plan()).ifPresent(plan -> {
            lines.add("Held back, plan " + plan.hash() + ":");
            plan.changes().forEach(change -> lines.add("  " + change));
        });
    }

    private static Optional<String> meaning(String reason) {
        return Arrays.stream(Reason.values())
                .filter(known -> known.name().equals(reason))
                .map(Reason::meaning)
                .findFirst();
    }
}
