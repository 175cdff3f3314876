package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.CloudEndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.apply.GatewayApplier;
import dev.secureprediction.operator.apply.GatewayObjects;
import dev.secureprediction.operator.apply.GatewayPods;
import dev.secureprediction.operator.apply.HeldRevocations;
import dev.secureprediction.operator.apply.PolicyTouch;
import dev.secureprediction.operator.apply.RecordStore;
import dev.secureprediction.operator.apply.StandingGateways;
import dev.secureprediction.operator.observe.GatewayObserver;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.plan.RevocationPlanner;
import dev.secureprediction.operator.render.RecordedState;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.status.CloudReports;
import dev.secureprediction.operator.status.HeldPlan;
import dev.secureprediction.operator.status.Observed;
import dev.secureprediction.operator.status.ProbeResult;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One round of making a desired state true, and of proving it. The cluster comes first: a policy that takes access away does not
 * wait for Google Cloud, and a gateway lets nobody through before its account is bound, which is the last thing there.
 */
record EndpointRound(
        RecordStore records,
        Rollouts rollouts,
        GatewayApplier applier,
        GatewayObjects objects,
        GatewayPods pods,
        PolicyTouch touch,
        HeldRevocations revocations,
        CloudStage stage,
        LeftPlaces left,
        GatewayObserver observer,
        StandingGateways standing,
        Clock clock) {

    /** One round for what is in force, if anything is; that the API server did not take a change is a condition, too. */
    Observed run(SecurePredictionEndpoint endpoint, EndpointPlan asked, Context<SecurePredictionEndpoint> context) {
        try {
            return InForce.of(asked)
                    .map(wanted -> run(endpoint, asked.inputs(), wanted, context))
                    .orElseGet(() -> hold(endpoint, asked.inputs()));
        } catch (KubernetesClientException e) {
            return ClusterFailure.of(e);
        }
    }

    /**
     * Goes as far as it gets without waiting.
     */
    private Observed run(
            SecurePredictionEndpoint endpoint,
            EndpointInputs inputs,
            InForce inForce,
            Context<SecurePredictionEndpoint> context) {
        var state = inForce.state();
        boolean settledBefore = settledBefore(endpoint, state);
        boolean mayWrite = state.mandate().mayWrite();
        var following = RecordedState.following(records.of(state.key()), inForce.spec(), state.cloud());
        var record = mayWrite ? rollouts.noted(following, inputs) : following;
        var applied = mayWrite
                ? applier.apply(endpoint, record, inForce.history(), state, context)
                : applier.look(endpoint, state, context);
        var drift = mayWrite ? standing.drift(state, applied) : applied.differences();
        var deployment = objects.deployment(endpoint, state.gateway().name());
        List<Pod> found =
                deployment.map(existing -> pods.of(endpoint, existing)).orElse(List.of());
        touch.touch(endpoint, state.gateway(), found);
        var outcome = stage.run(endpoint, state, record, settledBefore, applied, found, context);
        var result = outcome.result();
        var held = mayWrite ? left.clear(outcome, state, context) : List.<CloudResult>of();
        var cloud = CloudReports.of(state.cloud(), result, settledBefore);
        var view = observer.observe(state, applied, deployment, found, settledBefore || cloud.serves());
        if (mayWrite && view.probe() instanceof ProbeResult.LetThrough culprit) {
            pods.quarantine(endpoint, culprit.pod());
        }
        var altered = Altered.of(state, view.report(), found);
        if (mayWrite) {
            altered.forEach(pod -> touch.again(pod.pod(), clock.instant()));
        }
        return new Observed(
                cloud,
                view.report(),
                view.probe(),
                false,
                Stream.concat(
                                drift.stream().map(difference -> CloudReports.drift(difference, mayWrite)),
                                altered.stream().map(pod -> CloudReports.drift(pod.difference(), false)))
                        .toList(),
                HeldPlan.of(result, held, mayWrite ? List.of() : applied.differences()),
                view.nextProof());
    }

    /** What goes on while nothing can be planned: who is revoked is refused, all else stays as it is. */
    private Observed hold(SecurePredictionEndpoint endpoint, EndpointInputs inputs) {
        revocations.apply(endpoint, RevocationPlanner.plan(inputs));
        return Observed.NOTHING;
    }

    /** An endpoint goes: nothing of it is looked at any more. */
    void forget(EndpointKey key) {
        observer.forget(key);
        standing.forget(key);
    }

    static Optional<String> pendingOperation(SecurePredictionEndpoint endpoint) {
        return Optional.ofNullable(endpoint.getStatus())
                .map(EndpointStatus::endpoint)
                .map(CloudEndpointStatus::pendingOperation);
    }

    /** This very state was asked for before, and stood: what differs now is somebody else's doing. */
    private boolean settledBefore(SecurePredictionEndpoint endpoint, DesiredState state) {
        var status = endpoint.getStatus();
        return status != null
                && Conditions.isTrue(status.conditions(), ConditionType.IdentityReady)
                && Conditions.isTrue(status.conditions(), ConditionType.EndpointReady)
                && records.of(state.key())
                        .filter(recorded -> recorded.cloud().equals(state.cloud()))
                        .isPresent();
    }
}
