package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.apply.CloudRounds;
import dev.secureprediction.operator.apply.GatewayApplier;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.plan.DesiredState;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;

/** Clears the places in Google Cloud that edits of an endpoint have left: another location, endpoint, project or role. */
record LeftPlaces(CloudRounds cloud, GatewayApplier applier) {

    /**
     * The gateway is elsewhere already, so nobody misses access to what it could reach before. What serves there stays until the
     * new place does, so that the edit can be taken back; then it goes as destroying was approved. Returns what is held back.
     */
    List<CloudResult> clear(CloudStage.Outcome outcome, DesiredState state, Context<SecurePredictionEndpoint> context) {
        var record = outcome.record();
        boolean serves = outcome.result().settled();
        var mandate = serves ? state.mandate() : state.mandate().sparing();
        var left = new ArrayList<DesiredCloud>();
        var held = new ArrayList<CloudResult>();
        for (var earlier : record.earlier()) {
            var result = cloud.retire(earlier, state.cloud(), mandate);
            if (!result.settled()) {
                left.add(earlier);
            }
            if (serves && !result.held().isEmpty()) {
                held.add(result);
            }
        }
        if (left.size() < record.earlier().size()) {
            applier.keep(state.gateway(), record.withEarlier(left), context);
        }
        return held;
    }
}
