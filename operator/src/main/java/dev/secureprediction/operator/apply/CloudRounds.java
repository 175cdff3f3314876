package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.DesiredCloud;
import java.util.Optional;

/** Rounds in Google Cloud, as many as a status needs to be true. */
public final class CloudRounds {

    /** Each round changes all it can, so a third that still changes something means that somebody works against us. */
    private static final int MOST = 3;

    private final CloudApplier applier;

    public CloudRounds(CloudApplier applier) {
        this.applier = applier;
    }

    /**
     * Goes as far as it gets without waiting. On the way to a new state the result is read after the last change; of a state
     * that stood before, it is the round that found what had drifted.
     */
    public CloudResult converge(DesiredCloud desired, Optional<String> pendingOperation, boolean settledBefore) {
        var result = applier.converge(desired, pendingOperation);
        for (int round = 1; !settledBefore && round < MOST && changedAll(result); round++) {
            result = applier.converge(desired, result.pendingOperation());
        }
        return result;
    }

    private static boolean changedAll(CloudResult result) {
        return !result.applied().isEmpty()
                && result.failure().isEmpty()
                && result.pendingOperation().isEmpty();
    }
}
