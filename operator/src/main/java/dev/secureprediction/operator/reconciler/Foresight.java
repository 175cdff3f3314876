package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.apply.CloudApplier;
import dev.secureprediction.operator.apply.CloudResult;
import dev.secureprediction.operator.apply.DryRun;
import dev.secureprediction.operator.apply.RecordStore;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.render.RecordedState;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.status.Preview;
import java.util.ArrayList;
import java.util.List;

/** What a reconciliation would do, by the code of a reconciliation. Writes nothing. */
record Foresight(EndpointPlans plans, RecordStore records, CloudApplier cloud, DryRun cluster) {

    /** For an endpoint as it would be applied; its status is the one that it has. */
    Preview of(SecurePredictionEndpoint endpoint) {
        EndpointPlan asked = plans.asked(endpoint);
        if (asked instanceof EndpointPlan.Refused refused) {
            return Preview.refused(
                    refused.problems().stream().map(Problem::toString).toList());
        }
        List<String> notes = new ArrayList<>();
        if (asked instanceof EndpointPlan.Held held) {
            notes.add("the contract would be held: " + held.gate().message());
        }
        return InForce.of(asked).map(inForce -> of(endpoint, inForce, notes)).orElseGet(() -> Preview.nothing(notes));
    }

    private Preview of(SecurePredictionEndpoint endpoint, InForce inForce, List<String> notes) {
        var state = inForce.state();
        var record = RecordedState.following(records.of(state.key()), inForce.spec(), state.cloud());
        var found = cluster.of(state);
        found.refusals().forEach(refusal -> notes.add("the API server would refuse " + refusal));
        List<CloudResult> rounds = new ArrayList<>();
        rounds.add(cloud.converge(
                state.cloud(),
                EndpointRound.pendingOperation(endpoint),
                state.mandate().looking(),
                record.known()));
        record.earlier().forEach(earlier -> rounds.add(cloud.wouldRetire(earlier, state.cloud())));
        mandate(state.mandate(), rounds.getFirst(), notes);
        return Preview.of(
                found.differences().stream().map(Preview.Step::cluster).toList(),
                rounds,
                notes,
                found.refusals().isEmpty());
    }

    private static void mandate(Mandate mandate, CloudResult round, List<String> notes) {
        round.held().stream()
                .flatMap(change ->
                        mandate.holding(change, round.planHash(), round.plan().adopts()).stream())
                .distinct()
                .forEach(why -> notes.add("not all of it would be made: " + why));
    }
}
