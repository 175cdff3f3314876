package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.health.RetryBudget;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Whether and when a failed call is made once more: only where the model did no work, and within the budget. */
final class Repetition {
    private static final long LONGEST_WAIT = 5_000;
    // what Google asks of its clients where it does not say how long
    private static final long USUAL_WAIT = 1_000;
    private static final long RECONNECT_WAIT = 50;

    private final RetryBudget budget;
    private boolean used;

    Repetition(RetryBudget budget) {
        this.budget = budget;
    }

    /** Milliseconds until the call is made again; empty: it is not. */
    OptionalLong after(Refusal failure) {
        boolean unanswered = failure.code() == ErrorCode.UPSTREAM_UNREACHABLE;
        boolean busy =
                failure.code() == ErrorCode.UPSTREAM_EXHAUSTED || failure.code() == ErrorCode.UPSTREAM_UNAVAILABLE;
        if (used || !(unanswered || busy)) {
            return OptionalLong.empty();
        }
        long wait = failure.retryAfter().map(Duration::toMillis).orElse(unanswered ? RECONNECT_WAIT : USUAL_WAIT);
        if (wait > LONGEST_WAIT || !budget.tryTake()) {
            return OptionalLong.empty();
        }
        used = true;
        // spread, so that those who were refused together do not come back together
        return OptionalLong.of(wait + ThreadLocalRandom.current().nextLong(wait / 4 + 1));
    }

    /** Whether the call was made twice. */
    boolean used() {
        return used;
    }
}
