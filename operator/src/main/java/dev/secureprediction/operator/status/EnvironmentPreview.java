package dev.secureprediction.operator.status;

import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.plan.EndpointPlan;
import dev.secureprediction.operator.plan.InForce;
import dev.secureprediction.operator.plan.StateDifference;
import dev.secureprediction.operator.resolve.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an environment would come to if it were applied.
 *
 * @param problems why it would not be accepted; then nothing reaches its endpoints but what is taken away
 * @param notes how the edit would reach them
 * @param endpoints those that it concerns
 * @param untouched how many it does not
 */
public record EnvironmentPreview(List<String> problems, List<String> notes, List<Touched> endpoints, int untouched) {

    public EnvironmentPreview {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
        endpoints = List.copyOf(endpoints);
    }

    /**
     * An endpoint that the edit concerns.
     *
     * @param key which
     * @param problems why it would be refused, where it would; what served serves on then
     * @param notes what else becomes of it
     * @param changes of what is made for it
     */
    public record Touched(EndpointKey key, List<String> problems, List<String> notes, List<Difference> changes) {

        public Touched {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
            changes = List.copyOf(changes);
        }
    }

    /** How an edit would change an endpoint; empty when it would not. */
    public static Optional<Touched> touched(EndpointKey key, EndpointPlan before, EndpointPlan after) {
        List<String> problems = after instanceof EndpointPlan.Refused refused
                        && !(before instanceof EndpointPlan.Refused was
                                && was.problems().equals(refused.problems()))
                ? refused.problems().stream().map(Problem::toString).toList()
                : List.of();
        List<String> notes = new ArrayList<>();
        if (before instanceof EndpointPlan.Refused && !(after instanceof EndpointPlan.Refused)) {
            notes.add("would be accepted");
        }
        if (after instanceof EndpointPlan.Held held && !(before instanceof EndpointPlan.Held)) {
            notes.add("would be held: " + held.gate().message());
        }
        if (before instanceof EndpointPlan.Held && after instanceof EndpointPlan.Wanted) {
            notes.add("would no longer be held");
        }
        List<Difference> changes = changes(before, after, notes);
        return problems.isEmpty() && notes.isEmpty() && changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Touched(key, problems, notes, changes));
    }

    private static List<Difference> changes(EndpointPlan before, EndpointPlan after, List<String> notes) {
        Optional<InForce> now = InForce.of(before);
        Optional<InForce> then = InForce.of(after);
        if (now.isPresent() && then.isPresent()) {
            return StateDifference.between(now.get().state(), then.get().state());
        }
        if (now.isPresent()) {
            notes.add("nothing of it could be planned: what serves would stay as it is, but for who is revoked");
        } else if (then.isPresent()) {
            notes.add("would be made");
        }
        return List.of();
    }
}
