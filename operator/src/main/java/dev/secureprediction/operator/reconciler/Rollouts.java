package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.Editions;
import dev.secureprediction.operator.apply.RecordStore;
import dev.secureprediction.operator.plan.EditionInUse;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.MandatePlanner;
import dev.secureprediction.operator.plan.RolloutMember;
import dev.secureprediction.operator.plan.RolloutPlan;
import dev.secureprediction.operator.render.RecordedState;
import dev.secureprediction.operator.resolve.Edition;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Installation;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which edition of its environment each endpoint is planned by, and when it gets the newest. */
record Rollouts(ClusterCaches caches, RecordStore records, Editions editions, Installation installation) {

    /** What an endpoint is planned by: the newest, or while it waits for that, the one that it has. */
    EndpointInputs inUse(EndpointInputs newest) {
        return newest.environment()
                .flatMap(environment ->
                        older(newest, environment).map(edition -> newest.with(environment.meanwhile(edition))))
                .orElse(newest);
    }

    /**
     * Gives an endpoint the newest edition if it is its turn, or nothing was changed but what is taken away.
     *
     * @return whether it still waits
     */
    boolean waitsAfter(EndpointInputs newest, Context<SecurePredictionEndpoint> context) {
        var waiting = newest.environment().filter(environment -> hasOther(newest, environment));
        if (waiting.isEmpty()) {
            return false;
        }
        var environment = waiting.get();
        var endpoint = newest.endpoint();
        var key = EndpointPlans.key(endpoint);
        boolean mayWrite = MandatePlanner.plan(endpoint, Optional.of(environment.environment()))
                .mayWrite();
        if (!mayWrite
                || !(isOnlyLess(newest, environment) || plan(environment).next().contains(key))) {
            return true;
        }
        keep(environment);
        boolean isReady = RolloutMember.of(endpoint, Optional.empty(), true).isReady();
        records.edition(key)
                .map(use -> use.then(
                        environment.revision(), isReady, endpoint.getMetadata().getGeneration()))
                .ifPresent(use -> records.note(key, use, context));
        return false;
    }

    /** A record that says by which edition it was planned, for the first time. */
    RecordedState noted(RecordedState record, EndpointInputs inputs) {
        if (record.edition().isPresent() || inputs.environment().isEmpty()) {
            return record;
        }
        var environment = inputs.environment().get();
        keep(environment);
        return record.by(EditionInUse.first(environment.revision()));
    }

    /** The rollout of an environment's newest edition. */
    RolloutPlan plan(EnvironmentInputs environment) {
        return RolloutPlan.of(environment, members(environment.environment()));
    }

    /** The same, where the environment is known. */
    Optional<RolloutPlan> plan(String environment) {
        return caches.environment(environment)
                .map(found -> plan(EnvironmentInputs.gather(found, caches, installation)));
    }

    private List<RolloutMember> members(PredictionEnvironment environment) {
        return caches.endpointsOf(environment.getMetadata().getName()).stream()
                .filter(endpoint -> !endpoint.isMarkedForDeletion())
                .map(endpoint -> RolloutMember.of(
                        endpoint,
                        records.edition(EndpointPlans.key(endpoint)),
                        MandatePlanner.plan(endpoint, Optional.of(environment)).mayWrite()))
                .toList();
    }

    private boolean hasOther(EndpointInputs newest, EnvironmentInputs environment) {
        return records.edition(key(newest))
                .filter(use -> !use.revision().equals(environment.revision()))
                .isPresent();
    }

    private Optional<Edition> older(EndpointInputs newest, EnvironmentInputs environment) {
        return records.edition(key(newest))
                .map(EditionInUse::revision)
                .filter(revision -> !revision.equals(environment.revision()))
                .flatMap(revision -> editions.find(
                        environment.environment().getSpec().gatewayNamespace(),
                        environment.environment().getMetadata().getName(),
                        revision));
    }

    /** An edition that is gone holds nobody back. */
    private boolean isOnlyLess(EndpointInputs newest, EnvironmentInputs environment) {
        return older(newest, environment)
                .map(older -> Edition.of(
                                older.meanwhile(environment.environment().getSpec()), installation.gatewayImage())
                        .equals(environment.edition()))
                .orElse(true);
    }

    private void keep(EnvironmentInputs environment) {
        var about = environment.environment();
        editions.keep(
                about.getSpec().gatewayNamespace(),
                about.getMetadata().getName(),
                environment.edition(),
                () -> inUse(about));
    }

    private Set<String> inUse(PredictionEnvironment environment) {
        return members(environment).stream()
                .flatMap(member -> member.inUse().stream())
                .map(EditionInUse::revision)
                .collect(Collectors.toSet());
    }

    private static EndpointKey key(EndpointInputs inputs) {
        return EndpointPlans.key(inputs.endpoint());
    }
}
