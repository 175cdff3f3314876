package dev.secureprediction.gateway.limits;

import dev.secureprediction.gateway.error.QuotaState;
import dev.secureprediction.gateway.limits.Taken.Counted;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** Tokens taken before a call. Whatever happens, they stay charged until the call settles them. */
public final class Reservation {
    /** Of a call without a budget. */
    public static final Reservation NONE = new Reservation(0, Counted.LOCAL, Optional.empty(), back -> {});

    private final long tokens;
    private final Counted counted;
    private final Optional<QuotaState> state;
    private final LongConsumer give;
    private final AtomicBoolean settled = new AtomicBoolean();

    Reservation(long tokens, Counted counted, Optional<QuotaState> state, LongConsumer give) {
        this.tokens = tokens;
        this.counted = counted;
        this.state = state;
        this.give = give;
    }

    /** What was taken; 0: there is no budget. */
    public long tokens() {
        return tokens;
    }

    /** Where it was taken. */
    public Counted counted() {
        return counted;
    }

    /** How the budget stands after it; absent: there is none. */
    public Optional<QuotaState> state() {
        return state;
    }

    /** Charges what was really used, which may be more than was taken; once. */
    public void settle(long used) {
        if (tokens > 0 && settled.compareAndSet(false, true) && used != tokens) {
            give.accept(tokens - used);
        }
    }
}
