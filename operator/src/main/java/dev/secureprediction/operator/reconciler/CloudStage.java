package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.apply.CloudRounds;
import dev.secureprediction.operator.apply.GatewayApplied;
import dev.secureprediction.operator.apply.GatewayApplier;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.diff.Obstacle;
import dev.secureprediction.operator.observe.GatewayObserver;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.render.RecordedState;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/** What a round does in Google Cloud: makes it as wanted, lets a new model prove itself, and notes what cannot be read there. */
record CloudStage(CloudRounds cloud, GatewayApplier applier, GatewayObserver observer) {

    /** What it came to, and what is recorded now. */
    record Outcome(CloudResult result, RecordedState record) {}

    Outcome run(
            SecurePredictionEndpoint endpoint,
            DesiredState state,
            RecordedState record,
            boolean settledBefore,
            GatewayApplied applied,
            List<Pod> pods,
            Context<SecurePredictionEndpoint> context) {
        var pending = EndpointRound.pendingOperation(endpoint);
        var known = record.known().withTrial(state.proof().triesModels());
        var result = cloud.converge(state.cloud(), pending, settledBefore, state.mandate(), known);
        if (!state.mandate().mayWrite()) {
            return new Outcome(result, record);
        }
        var onTrial = onTrial(result);
        if (onTrial.isPresent()) {
            var id = onTrial.get().deployedModelId();
            var after = switch (observer.trial(state, applied, pods, id)) {
                case Passed -> known.withProvenModel(id);
                case Failed -> known.withFailedModel(id);
                case Unknown -> known;
            };
            if (!after.equals(known)) {
                record =
                        keep(record.with(after), state, context); // before it is acted on: a crash must not try it anew
                known = after;
                result = cloud.converge(state.cloud(), result.pendingOperation(), false, state.mandate(), known);
            }
        }
        var seen = recognised(known, state, result);
        return new Outcome(result, seen.equals(known) ? record : keep(record.with(seen), state, context));
    }

    private static Optional<Obstacle.OnTrial> onTrial(CloudResult result) {
        return result.plan().obstacles().stream()
                .filter(Obstacle.OnTrial.class::isInstance)
                .map(Obstacle.OnTrial.class::cast)
                .findFirst()
                .filter(ignored ->
                        result.applied().isEmpty() && result.failure().isEmpty());
    }

    /**
     * When our endpoint was made, once it was seen with our mark; and what takes its calls when all is as wanted. While an operation
     * runs nothing is noted, since its end brings more: that is one write.
     */
    private static Known recognised(Known known, DesiredState state, CloudResult result) {
        if (result.pendingOperation().isPresent()) {
            return known;
        }
        var seen = result.observed();
        var created = seen.flatMap(observed -> observed.ownEndpointCreated(state.cloud()))
                .map(known::withEndpointCreated)
                .orElse(known);
        return result.settled()
                ? seen.flatMap(observed -> observed.servingModel(state.cloud()))
                        .map(created::withProvenModel)
                        .orElse(created)
                : created;
    }

    private RecordedState keep(RecordedState record, DesiredState state, Context<SecurePredictionEndpoint> context) {
        applier.keep(state.gateway(), record, context);
        return record;
    }
}
