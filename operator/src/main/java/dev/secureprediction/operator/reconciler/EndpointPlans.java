package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.apply.RecordStore;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.render.RecordedState;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EnvironmentInputs;
import dev.secureprediction.operator.resolve.Installation;
import java.util.Optional;

/** What is asked for, and what is made true: usually the same; after a refused edit, what was last accepted. */
record EndpointPlans(ClusterCaches caches, Installation installation, RecordStore records) {

    /** A spec and what it comes to. */
    record InForce(SecurePredictionEndpointSpec spec, DesiredState state) {}

    EndpointPlan asked(SecurePredictionEndpoint endpoint) {
        return EndpointPlan.of(EndpointInputs.gather(endpoint, caches, installation));
    }

    /** The plan to make true; empty when nothing was ever accepted, or the environment no longer allows that either. */
    Optional<InForce> inForce(SecurePredictionEndpoint endpoint, EndpointPlan asked) {
        return switch (asked) {
            case EndpointPlan.Wanted wanted -> Optional.of(new InForce(endpoint.getSpec(), wanted.state()));
            case EndpointPlan.Refused ignored ->
                records.of(key(endpoint))
                        .map(RecordedState::spec)
                        .flatMap(spec -> asked(with(endpoint, spec)) instanceof EndpointPlan.Wanted wanted
                                ? Optional.of(new InForce(spec, wanted.state()))
                                : Optional.empty());
        };
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

    static EndpointKey key(SecurePredictionEndpoint endpoint) {
        return new EndpointKey(
                endpoint.getMetadata().getNamespace(), endpoint.getMetadata().getName());
    }

    /** What was accepted before, but for who is revoked: that is never held back with a refused edit. */
    private static SecurePredictionEndpoint with(SecurePredictionEndpoint endpoint, SecurePredictionEndpointSpec spec) {
        var former = new SecurePredictionEndpoint();
        former.setMetadata(endpoint.getMetadata());
        former.setSpec(new SecurePredictionEndpointSpec(
                spec.environmentRef(),
                spec.managementPolicy(),
                spec.contract(),
                spec.placement(),
                endpoint.getSpec().revoked(),
                spec.adoption(),
                spec.deletionPolicy(),
                spec.approvedPlanHash()));
        former.setStatus(endpoint.getStatus());
        return former;
    }
}
