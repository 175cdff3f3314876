package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.cloud.Mandate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Rounds in Google Cloud, as many as a status needs to be true. */
public final class CloudRounds {

    /** Each round changes all it can, so a third that still changes something means that somebody works against us. */
    private static final int MOST = 3;

    /** Pods come and go faster than Google's quota of reads allows to look; drift is looked for far more rarely. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final CloudApplier applier;
    private final Clock clock;
    private final Map<String, Settled> settled = new ConcurrentHashMap<>();

    public CloudRounds(CloudApplier applier, Clock clock) {
        this.applier = applier;
        this.clock = clock;
    }

    /**
     * Goes as far as it gets without waiting. On the way to a new state the result is read after the last change; of a state
     * that stood before, it is the round that found what had drifted.
     */
    public CloudResult converge(
            DesiredCloud desired,
            Optional<String> pendingOperation,
            boolean settledBefore,
            Mandate mandate,
            Known inMind) {
        var known = settled.get(desired.owner().mark());
        if (known != null && known.stillHolds(desired, clock.instant())) {
            return known.result();
        }
        var result = applier.converge(desired, pendingOperation, mandate, inMind);
        for (int round = 1; !settledBefore && round < MOST && changedAll(result); round++) {
            result = applier.converge(desired, result.pendingOperation(), mandate, inMind);
        }
        remember(desired, result);
        return result;
    }

    /**
     * Takes away what an earlier state left where the current one is not: access at once, what serves when that may be.
     */
    public CloudResult retire(DesiredCloud earlier, DesiredCloud current, Mandate mandate) {
        var result = applier.retire(earlier, current, mandate);
        for (int round = 1; round < MOST && changedAll(result); round++) {
            result = applier.retire(earlier, current, mandate);
        }
        return result;
    }

    private void remember(DesiredCloud desired, CloudResult result) {
        var now = clock.instant();
        settled.values().removeIf(old -> now.isAfter(old.until()));
        if (result.settled()) {
            settled.put(desired.owner().mark(), new Settled(desired, result, now.plus(FRESH)));
        } else {
            settled.remove(desired.owner().mark());
        }
    }

    private static boolean changedAll(CloudResult result) {
        return !result.applied().isEmpty()
                && result.failure().isEmpty()
                && result.pendingOperation().isEmpty();
    }

    private record Settled(DesiredCloud desired, CloudResult result, Instant until) {

        boolean stillHolds(DesiredCloud asked, Instant now) {
            // a clock that was set back would have it hold for long
            return desired.equals(asked) && now.isBefore(until) && !now.isBefore(until.minus(FRESH));
        }
    }
}
