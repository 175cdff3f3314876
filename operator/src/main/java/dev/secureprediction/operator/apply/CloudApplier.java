package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudResources;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.cloud.Outcome;
import dev.secureprediction.operator.diff.CloudDiff;
import dev.secureprediction.operator.diff.CloudPlan;
import dev.secureprediction.operator.diff.PlanHash;
import dev.secureprediction.operator.plan.EndpointKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One round of reading, comparing and changing. A round ends with the first change that only begins or fails, as the
 * ones after it rely on it; the next round starts from what is there then. No round counts on what an earlier one
 * remembered but the name of a long operation, and which approved plan has begun.
 */
public final class CloudApplier {

    private static final CloudPlan NOTHING = new CloudPlan(List.of(), List.of());

    private final CloudResources cloud;
    private final BegunPlans begun = new BegunPlans();

    /** Works through the given port. */
    public CloudApplier(CloudResources cloud) {
        this.cloud = cloud;
    }

    /** Makes the desired state, as far as one round goes. Never throws {@link CloudException}. */
    public CloudResult converge(DesiredCloud desired, Optional<String> pendingOperation) {
        return converge(desired, pendingOperation, Mandate.FULL, Known.NOTHING);
    }

    /**
     * The same, but for changes that may not be made, or not yet: these are told in {@link CloudResult#held}.
     *
     * @param known what cannot be read in Google Cloud
     */
    public CloudResult converge(DesiredCloud desired, Optional<String> pendingOperation, Mandate mandate, Known known) {
        Known more = known.withAdopting(mandate.adoption() != Mandate.Adoption.Never);
        return round(desired, pendingOperation, (wanted, observed) -> CloudDiff.plan(wanted, observed, more), mandate);
    }

    /**
     * Takes it away again, as far as one round goes; {@link CloudResult#settled} says when nothing is left. Never
     * throws {@link CloudException}.
     *
     * @param desired as it was recorded: neither environment nor endpoint need exist any more
     */
    public CloudResult remove(DesiredCloud desired, Optional<String> pendingOperation) {
        return round(desired, pendingOperation, CloudDiff::removal, Mandate.FULL);
    }

    /**
     * Takes away what an earlier state left where the current one is not, as far as one round goes; {@link
     * CloudResult#settled} says when nothing is left. Never throws {@link CloudException}.
     */
    public CloudResult retire(DesiredCloud earlier, DesiredCloud current) {
        return retire(earlier, current, Mandate.FULL);
    }

    /** What {@link #retire} would take away, in {@link CloudResult#held}. */
    public CloudResult wouldRetire(DesiredCloud earlier, DesiredCloud current) {
        return retire(earlier, current, Mandate.LOOK);
    }

    /** The same, but for changes that may not be made, or not yet. */
    public CloudResult retire(DesiredCloud earlier, DesiredCloud current, Mandate mandate) {
        return round(earlier, Optional.empty(), (old, observed) -> CloudDiff.leftover(old, observed, current), mandate);
    }

    /** An endpoint goes: plans of it that have begun are not gone on with. */
    public void forget(EndpointKey endpoint) {
        begun.forget(endpoint);
    }

    private CloudResult round(
            DesiredCloud desired,
            Optional<String> pendingOperation,
            BiFunction<DesiredCloud, ObservedCloud, CloudPlan> diff,
            Mandate mandate) {
        ObservedCloud observed;
        try {
            observed = cloud.observe(desired, pendingOperation);
        } catch (CloudException e) {
            return new CloudResult(Optional.empty(), NOTHING, List.of(), pendingOperation, Optional.of(e));
        }
        CloudPlan plan = diff.apply(desired, observed);
        Optional<String> running = observed.runningOperation();
        List<Change> applied = new ArrayList<>();
        List<Change> held = new ArrayList<>();
        String why = "";
        String hash = PlanHash.of(desired, plan.changes());
        String counting = begun.counting(desired, plan, hash, mandate);
        for (Change change : plan.changes()) {
            Optional<String> holding = mandate.holding(change, counting, plan.adopts());
            if (holding.isPresent()) {
                held.add(change);
                why = holding.get();
                continue;
            }
            try {
                Outcome outcome = cloud.apply(desired, change);
                applied.add(change);
                if (outcome instanceof Outcome.Pending pending) {
                    running = Optional.of(pending.operationName());
                    break;
                }
            } catch (CloudException e) {
                return new CloudResult(Optional.of(observed), plan, applied, running, Optional.of(e), held, hash, why);
            }
        }
        return new CloudResult(Optional.of(observed), plan, applied, running, Optional.empty(), held, hash, why);
    }
}
