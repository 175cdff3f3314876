package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.diff.CloudPlan;
import dev.secureprediction.operator.plan.EndpointKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Plans that were approved and have begun. What such a plan destroys goes step by step, and each step that is done changes what is
 * left of it and so its hash: without this an approval of two steps would be void after the first. In memory alone: after a
 * restart in the middle, the rest asks again.
 */
final class BegunPlans {

    private final Map<DesiredCloud, Begun> begun = new ConcurrentHashMap<>();

    private record Begun(String hash, Set<Change> steps) {}

    /** The hash that approvals are compared with: the plan's own, or that of the approved one of which it is the rest. */
    String counting(DesiredCloud desired, CloudPlan plan, String hash, Mandate mandate) {
        if (plan.settled()) {
            begun.remove(desired);
        }
        var steps = plan.changes().stream().filter(Change::destructive).collect(Collectors.toSet());
        if (!mandate.mayWrite() || steps.isEmpty()) {
            return hash;
        }
        if (mandate.approvedPlans().contains(hash)) {
            begun.put(desired, new Begun(hash, steps));
            return hash;
        }
        var known = begun.get(desired);
        // with anything in it that was not in the approved one, it is another plan
        return known != null
                        && mandate.approvedPlans().contains(known.hash())
                        && known.steps().containsAll(steps)
                ? known.hash()
                : hash;
    }

    /** Its endpoint goes: what is left of a plan is nobody's business any more. */
    void forget(EndpointKey endpoint) {
        begun.keySet()
                .removeIf(desired -> endpoint.namespace().equals(desired.owner().namespace())
                        && endpoint.name().equals(desired.owner().name()));
    }
}
