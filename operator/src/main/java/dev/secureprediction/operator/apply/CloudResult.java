package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.ObservedCloud;
import dev.secureprediction.operator.diff.CloudPlan;
import java.util.List;
import java.util.Optional;

/**
 * What one round came to.
 *
 * @param observed what was read before anything was changed; absent when reading failed
 * @param plan what was found to do; empty when reading failed
 * @param applied changes made or begun in this round, in order
 * @param pendingOperation the long operation that runs now; belongs into status at once, in place of any other name
 * @param failure what ended the round early
 * @param held changes that were not made because they may not be, or not yet
 * @param planHash what an approval of this round's plan names
 * @param holding why changes were not made; empty when all were
 */
public record CloudResult(
        Optional<ObservedCloud> observed,
        CloudPlan plan,
        List<Change> applied,
        Optional<String> pendingOperation,
        Optional<CloudException> failure,
        List<Change> held,
        String planHash,
        String holding) {

    /** A round in which nothing was held back. */
    public CloudResult(
            Optional<ObservedCloud> observed,
            CloudPlan plan,
            List<Change> applied,
            Optional<String> pendingOperation,
            Optional<CloudException> failure) {
        this(observed, plan, applied, pendingOperation, failure, List.of(), "", "");
    }

    /** Keeps a copy. */
    public CloudResult {
        applied = List.copyOf(applied);
        held = List.copyOf(held);
    }

    /** Everything was read and is as it should be; nothing had to be changed. For removal: nothing is left to do. */
    public boolean settled() {
        return observed.isPresent() && failure.isEmpty() && plan.settled();
    }
}
