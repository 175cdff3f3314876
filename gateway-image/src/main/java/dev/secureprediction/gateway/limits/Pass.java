package dev.secureprediction.gateway.limits;

import dev.secureprediction.gateway.error.QuotaState;
import dev.secureprediction.gateway.limits.Taken.Counted;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that was counted and has its place until it is closed. */
public final class Pass implements AutoCloseable {
    /** Of a call that nothing limits. */
    public static final Pass FREE = new Pass(Optional.empty(), Optional.empty(), () -> {});

    private final Optional<QuotaState> state;
    private final Optional<Counted> counted;
    private final Runnable back;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Pass(Optional<QuotaState> state, Optional<Counted> counted, Runnable back) {
        this.state = state;
        this.counted = counted;
        this.back = back;
    }

    static Pass of(Taken.Granted granted) {
        return new Pass(granted.state(), Optional.of(granted.counted()), granted.back());
    }

    /** How the quota of requests stands; absent: none. */
    public Optional<QuotaState> state() {
        return state;
    }

    /** Where the call was counted; absent: nowhere. */
    public Optional<Counted> counted() {
        return counted;
    }

    /** This and another, given back together; what is said of quotas is this one's. */
    public Pass and(Pass other) {
        return new Pass(state.or(other::state), counted.or(other::counted), () -> {
            close();
            other.close();
        });
    }

    /** Gives the place back; once. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            back.run();
        }
    }
}
