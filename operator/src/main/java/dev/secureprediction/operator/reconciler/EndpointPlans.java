package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.MandatePlanner;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Installation;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked for. */
record EndpointPlans(ClusterCaches caches, Installation installation, Rollouts rollouts, RolloutTurns turns) {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointPlans.class);

    EndpointPlan asked(SecurePredictionEndpoint endpoint) {
        return EndpointPlan.of(inputs(endpoint));
    }

    /** The same, after the endpoint got the newest edition of its environment, if that was its turn. */
    EndpointPlan asked(SecurePredictionEndpoint endpoint, Context<SecurePredictionEndpoint> context) {
        var newest = newest(endpoint);
        try {
            turns.note(endpoint, rollouts.waitsAfter(newest, context));
        } catch (KubernetesClientException e) {
            LOG.warn("the edition of an environment was not noted, tried again: {}", e.getMessage());
            turns.note(endpoint, true);
        }
        return EndpointPlan.of(rollouts.inUse(newest));
    }

    /** By the edition of its environment that the endpoint has. */
    EndpointInputs inputs(SecurePredictionEndpoint endpoint) {
        return rollouts.inUse(newest(endpoint));
    }

    private EndpointInputs newest(SecurePredictionEndpoint endpoint) {
        return EndpointInputs.gather(endpoint, caches, installation);
    }

    /** How often a settled state is read again. */
    static int driftSeconds(EndpointPlan plan) {
        return plan.inputs()
                .environment()
                .map(EnvironmentInputs::environment)
                .map(PredictionEnvironment::getSpec)
                .map(PredictionEnvironmentSpec::driftIntervalSecondsOrDefault)
                .orElse(Defaults.DRIFT_INTERVAL_SECONDS);
    }

    /** What may be done about this endpoint; its environment may be gone. */
    static Mandate mandate(SecurePredictionEndpoint endpoint, EndpointPlan plan) {
        return MandatePlanner.plan(endpoint, plan.inputs().environment().map(EnvironmentInputs::environment));
    }

    /** Somebody has asked for something that no status speaks of yet. */
    static boolean isChanged(SecurePredictionEndpoint endpoint) {
        var status = endpoint.getStatus();
        return status == null
                || !Objects.equals(
                        status.observedGeneration(), endpoint.getMetadata().getGeneration());
    }

    static EndpointKey key(SecurePredictionEndpoint endpoint) {
        return new EndpointKey(
                endpoint.getMetadata().getNamespace(), endpoint.getMetadata().getName());
    }
}
