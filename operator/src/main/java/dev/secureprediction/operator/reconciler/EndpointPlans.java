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

/** What is asked for. */
record EndpointPlans(ClusterCaches caches, Installation installation) {

    EndpointPlan asked(SecurePredictionEndpoint endpoint) {
        return EndpointPlan.of(inputs(endpoint));
    }

    EndpointInputs inputs(SecurePredictionEndpoint endpoint) {
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

    static EndpointKey key(SecurePredictionEndpoint endpoint) {
        return new EndpointKey(
                endpoint.getMetadata().getNamespace(), endpoint.getMetadata().getName());
    }
}
