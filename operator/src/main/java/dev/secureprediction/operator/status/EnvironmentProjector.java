package dev.secureprediction.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.environment.PromotesFrom;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import dev.secureprediction.operator.api.v1alpha1.status.RolloutStatus;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.plan.RolloutPlan;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.EnvironmentResolution;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.status.ConditionSet.Truth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** From what an environment says and what its project answered to its status. Pure but for the clock. */
public final class EnvironmentProjector {

    private static final List<ConditionType> PARTS = List.of(ConditionType.Accepted, ConditionType.CloudReady);

    private static final int MOST_NAMED = 5;

    private final Clock clock;

    /** A projector that takes transition times from this clock. */
    public EnvironmentProjector(Clock clock) {
        this.clock = clock;
    }

    /**
     * Projects.
     *
     * @param inputs the environment and what it refers to
     * @param resolution what became of that
     * @param preflight what its project answered
     * @param endpoints how many endpoints refer to it
     * @param rollout of its last edit; empty keeps what was said before
     * @param verifierKeys what records issued here are signed with; empty keeps what was said before
     */
    public EnvironmentProjection project(
            EnvironmentInputs inputs,
            EnvironmentResolution resolution,
            Preflight preflight,
            int endpoints,
            Optional<RolloutPlan> rollout,
            Optional<JsonNode> verifierKeys) {
        PredictionEnvironment environment = inputs.environment();
        EnvironmentStatus before = environment.getStatus() == null ? EnvironmentStatus.EMPTY : environment.getStatus();
        Long metadataGeneration = environment.getMetadata().getGeneration();
        long generation = metadataGeneration == null ? 0 : metadataGeneration;
        ConditionSet conditions = new ConditionSet(before.conditions(), generation, clock);
        accepted(conditions, resolution);
        Progress cloud = CloudReports.preflight(preflight);
        cloudReady(conditions, cloud);
        RoomReport.add(
                conditions,
                preflight,
                environment.getSpec().google().project(),
                environment.getSpec().quotasOrDefault().serviceAccountsOrDefault());
        monotone(conditions, environment, resolution);
        RolloutStatus reached =
                RolloutReport.add(conditions, rollout.map(plan -> plan.summary(clock.instant())), before.rollout());
        Summary.add(conditions, PARTS);
        EnvironmentStatus after = new EnvironmentStatus(
                generation, conditions.list(), endpoints, reached, verifierKeys.orElse(before.verifierKeys()));
        return new EnvironmentProjection(
                after.equals(before)
                        ? new Projection<>(before, false, List.of())
                        : new Projection<>(after, true, events(before, after)),
                cloud);
    }

    /**
     * On the way out, and not gone yet.
     *
     * @param waiting the endpoints that refer to it, as `namespace/name`
     */
    public Projection<EnvironmentStatus> leaving(PredictionEnvironment environment, List<String> waiting) {
        EnvironmentStatus before = environment.getStatus() == null ? EnvironmentStatus.EMPTY : environment.getStatus();
        long generation =
                Optional.ofNullable(environment.getMetadata().getGeneration()).orElse(0L);
        ConditionSet conditions = new ConditionSet(before.conditions(), generation, clock);
        List.of(ConditionType.Accepted, ConditionType.CloudReady, ConditionType.QuotaLeft, ConditionType.Monotone)
                .forEach(conditions::keep);
        String message = "waits for " + waiting.size() + " endpoints, since what they have is taken away by its means: "
                + waiting.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (waiting.size() > MOST_NAMED ? ", …" : "") + "; delete them, or let them go with `spe release`";
        conditions.set(ConditionType.Ready, Truth.False, Reason.Deleting, message);
        conditions.set(ConditionType.Reconciling, Truth.True, Reason.Deleting, message);
        EnvironmentStatus after = new EnvironmentStatus(
                generation, conditions.list(), waiting.size(), before.rollout(), before.verifierKeys());
        return after.equals(before)
                ? new Projection<>(before, false, List.of())
                : new Projection<>(after, true, List.of());
    }

    private static void accepted(ConditionSet conditions, EnvironmentResolution resolution) {
        switch (resolution) {
            case EnvironmentResolution.Accepted ignored ->
                conditions.set(ConditionType.Accepted, Truth.True, Reason.Valid, "its place in the chain is sound");
            case EnvironmentResolution.Rejected rejected ->
                conditions.set(
                        ConditionType.Accepted,
                        Truth.False,
                        rejected.problems().getFirst().reason(),
                        joined(rejected.problems()));
        }
    }

    private static void cloudReady(ConditionSet conditions, Progress cloud) {
        boolean noNews = cloud.reason() == Reason.CloudNotReadYet || cloud.reason() == Reason.CloudUnavailable;
        if (noNews && conditions.heldBefore(ConditionType.CloudReady)) {
            conditions.keep(ConditionType.CloudReady);
            return;
        }
        Truth truth = cloud instanceof Progress.Done ? Truth.True : noNews ? Truth.Unknown : Truth.False;
        conditions.set(ConditionType.CloudReady, truth, cloud.reason(), cloud.message());
    }

    /** Shown beside Ready: endpoints that run are not stopped over a comparison. */
    private static void monotone(
            ConditionSet conditions, PredictionEnvironment environment, EnvironmentResolution resolution) {
        List<Problem> weaker = switch (resolution) {
            case EnvironmentResolution.Accepted accepted -> accepted.weaker();
            case EnvironmentResolution.Rejected rejected ->
                rejected.problems().stream()
                        .filter(problem -> problem.reason() == Reason.NotMonotone)
                        .toList();
        };
        Optional<String> upstream =
                Optional.ofNullable(environment.getSpec().promotesFrom()).map(PromotesFrom::environment);
        if (!weaker.isEmpty()) {
            conditions.set(ConditionType.Monotone, Truth.False, Reason.NotMonotone, joined(weaker));
        } else if (resolution instanceof EnvironmentResolution.Rejected) {
            conditions.keep(ConditionType.Monotone);
        } else if (upstream.isEmpty()) {
            conditions.set(
                    ConditionType.Monotone, Truth.True, Reason.FirstOfChain, "no environment is before this one");
        } else if (((EnvironmentResolution.Accepted) resolution).chain().isEmpty()) {
            conditions.set(
                    ConditionType.Monotone,
                    Truth.Unknown,
                    Reason.UpstreamElsewhere,
                    "'" + upstream.get() + "' is in another cluster; its records say what it requires");
        } else {
            conditions.set(
                    ConditionType.Monotone,
                    Truth.True,
                    Reason.AtLeastAsStrict,
                    "at least as strict as '" + upstream.get() + "'");
        }
    }

    private static List<StatusEvent> events(EnvironmentStatus before, EnvironmentStatus after) {
        List<StatusEvent> events = new ArrayList<>();
        Transitions turns = new Transitions(before.conditions(), after.conditions());
        turns.stalled().ifPresent(events::add);
        turns.turnedTo(ConditionType.RolledOut, Reason.RolloutPaused)
                .ifPresent(paused -> events.add(StatusEvent.warning(paused.reason(), paused.message())));
        turns.turnedTrue(ConditionType.Ready)
                .ifPresent(ready -> events.add(StatusEvent.normal("Ready", "endpoints can be placed here")));
        return events;
    }

    private static String joined(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
}
