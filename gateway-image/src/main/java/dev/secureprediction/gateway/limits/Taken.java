package dev.secureprediction.gateway.limits;

import dev.secureprediction.gateway.error.QuotaState;
import java.util.Optional;

/** What came of asking for a part of a quota. */
public sealed interface Taken {

    /** Where it was counted. */
    Counted counted();

    /**
     * It is taken.
     *
     * @param counted where
     * @param state the tightest quota after it; absent where only calls at a time are limited
     * @param back gives it back: a place of a running call; to be run once
     */
    record Granted(Counted counted, Optional<QuotaState> state, Runnable back) implements Taken {}

    /**
     * There is not enough; nothing was taken.
     *
     * @param counted where
     * @param limit what is used up
     * @param state how it stands
     */
    record Exhausted(Counted counted, Limit limit, QuotaState state) implements Taken {}

    /** The quotas of a role. */
    enum Limit {
        REQUESTS("requests", 60),
        CONCURRENT("concurrent", 0),
        TOKENS("tokens", 60);

        private final String wire;
        private final long windowSeconds;

        Limit(String wire, long windowSeconds) {
            this.wire = wire;
            this.windowSeconds = windowSeconds;
        }

        /**
         * For the answer's header fields.
         *
         * @param level what is left; below 0 counts as nothing
         * @param waitNanos until more is there
         */
        public QuotaState state(long quota, double level, long waitNanos) {
            return new QuotaState(
                    wire,
                    quota,
                    windowSeconds,
                    (long) Math.max(0, Math.floor(level)),
                    Math.max(0, (waitNanos + 999_999_999) / 1_000_000_000));
        }
    }

    /** Places that count. */
    enum Counted {
        /** This pod, for itself. */
        LOCAL,
        /** The store that all pods share. */
        SHARED,
        /** This pod, because the shared store is down. */
        FALLBACK
    }
}
