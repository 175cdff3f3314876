package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.policy.model.Timeouts;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The four deadlines of an upstream call. Whoever comes first is told; then there are no more. One timer for all of them,
 * which is moved only when a deadline comes nearer: most calls set it once and end before it fires.
 */
final class Deadlines {
    private static final long NEVER = Long.MAX_VALUE;

    private final LoopOfCall loop;
    private final Timeouts timeouts;
    private final Consumer<ErrorCode> expired;
    private final long begun = System.nanoTime();

    // when each is due, in milliseconds since it began
    private long total = NEVER;
    private long connect = NEVER;
    private long firstByte = NEVER;
    private long idle = NEVER;

    private @Nullable Runnable cancelTimer;
    private long timerDue = NEVER;
    private boolean over;

    Deadlines(LoopOfCall loop, Timeouts timeouts, Consumer<ErrorCode> expired) {
        this.loop = loop;
        this.timeouts = timeouts;
        this.expired = expired;
    }

    /** The call's time in all runs; watched from when it connects. */
    void begin() {
        total = in(timeouts.totalMilliseconds());
    }

    /** A connection is asked for, also when the call is made again. */
    void connecting() {
        connect = in(timeouts.connectMilliseconds());
        setTimer();
    }

    /** Nobody is waited for until the call is made again. */
    void betweenAttempts() {
        connect = NEVER;
        firstByte = NEVER;
        idle = NEVER;
    }

    void connected() {
        connect = NEVER;
    }

    void requestSent() {
        firstByte = in(timeouts.firstByteMilliseconds());
        setTimer();
    }

    void firstByte() {
        firstByte = NEVER;
        resumed();
    }

    void byteCame() {
        if (idle != NEVER) {
            idle = in(timeouts.idleMilliseconds());
        }
    }

    /** The caller is slow, so the model is not being read: its silence counts no longer. */
    void paused() {
        idle = NEVER;
    }

    void resumed() {
        idle = in(timeouts.idleMilliseconds());
        setTimer();
    }

    /** No deadline fires after this. */
    void end() {
        over = true;
        cancelTimer();
    }

    private void cancelTimer() {
        if (cancelTimer != null) {
            cancelTimer.run();
            cancelTimer = null;
        }
    }

    private long now() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private long in(long milliseconds) {
        return now() + milliseconds;
    }

    private long nearest() {
        return Math.min(Math.min(total, connect), Math.min(firstByte, idle));
    }

    private void setTimer() {
        long next = nearest();
        if (over || next >= timerDue) {
            return; // the timer fires before that and looks again
        }
        cancelTimer();
        timerDue = next;
        cancelTimer = loop.after(Math.max(1, next - now()), this::fired);
    }

    private void fired() {
        cancelTimer = null;
        timerDue = NEVER;
        long now = now();
        if (over) {
            return;
        }
        if (nearest() > now) {
            setTimer();
        } else if (connect <= now) {
            expire(ErrorCode.UPSTREAM_CONNECT_TIMEOUT);
        } else if (firstByte <= now) {
            expire(ErrorCode.UPSTREAM_FIRST_BYTE_TIMEOUT);
        } else if (idle <= now) {
            expire(ErrorCode.UPSTREAM_IDLE_TIMEOUT);
        } else {
            expire(ErrorCode.UPSTREAM_TOTAL_TIMEOUT);
        }
    }

    private void expire(ErrorCode code) {
        end();
        expired.accept(code);
    }
}
