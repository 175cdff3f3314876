package dev.secureprediction.operator.promotions;

import dev.secureprediction.operator.plan.Admission;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.Gate;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.Problem;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a gate would say. */
final class Promotions {

    private Promotions() {}

    /** An answer: 200 when the contract may come in, 409 with reasons when not. */
    record Answer(int status, Map<String, Object> body) {}

    static Answer of(EndpointInputs inputs, PromotionQuery query) {
        String digest = query.digest()
                .or(() -> ContractDigest.ifAny(inputs.endpoint().getSpec().contract()))
                .orElse("");
        EndpointPlan plan = EndpointPlan.of(inputs);
        return switch (plan) {
            case EndpointPlan.Refused refused ->
                no(digest, refused.problems().stream().map(Problem::toString).toList());
            case EndpointPlan.Wanted wanted -> gate(inputs, digest, wanted.state());
            case EndpointPlan.Held held -> gate(inputs, digest, held.wanted());
        };
    }

    private static Answer gate(EndpointInputs inputs, String digest, DesiredState state) {
        return switch (Gate.decide(inputs, digest, state.gateway().image())) {
            case Admission.In in ->
                new Answer(
                        HttpURLConnection.HTTP_OK,
                        new TreeMap<>(Map.of(
                                "allowed",
                                true,
                                "digest",
                                digest,
                                "by",
                                in.by().name(),
                                "reasons",
                                List.of(in.basis()))));
            case Admission.Held held -> {
                List<String> reasons = new ArrayList<>();
                reasons.add(held.missing());
                reasons.addAll(held.refusals());
                yield no(digest, reasons);
            }
        };
    }

    private static Answer no(String digest, List<String> reasons) {
        return new Answer(
                HttpURLConnection.HTTP_CONFLICT,
                new TreeMap<>(Map.of("allowed", false, "digest", digest, "reasons", reasons)));
    }
}
