package dev.secureprediction.gateway.health;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls may be repeated: at no time more than a percentage of those made so far. What is not used is kept, up to
 * ten repetitions, so that no quiet hour pays for a storm.
 */
public final class RetryBudget {
    private static final long ONE = 100;
    private static final long MOST = 10 * ONE;

    private final AtomicLong percent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    /** A call is made, with this budget in percent of calls. */
    public void called(int budgetPercent) {
        if (budgetPercent > 0) {
            percent.updateAndGet(saved -> Math.min(MOST, saved + budgetPercent));
        }
    }

    /** Takes one repetition, if there is one. */
    public boolean tryTake() {
        long before = percent.getAndUpdate(saved -> saved >= ONE ? saved - ONE : saved);
        if (before < ONE) {
            return false;
        }
        taken.incrementAndGet();
        return true;
    }

    /** Repetitions so far. */
    public long taken() {
        return taken.get();
    }
}
