package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.policy.model.Timeouts;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The four deadlines of an upstream call. Whoever comes first is told; then there are no more. */
final class Deadlines {
    private final Vertx vertx;
    private final Timeouts timeouts;
    private final Consumer<ErrorCode> expired;
    private final Map<ErrorCode, Long> timers = new EnumMap<>(ErrorCode.class);

    private boolean waitingForModel;
    private long lastByteNanos;
    private boolean over;

    Deadlines(Vertx vertx, Timeouts timeouts, Consumer<ErrorCode> expired) {
        this.vertx = vertx;
        this.timeouts = timeouts;
        this.expired = expired;
    }

    void begin() {
        set(ErrorCode.UPSTREAM_TOTAL_TIMEOUT, timeouts.totalMilliseconds());
        set(ErrorCode.UPSTREAM_CONNECT_TIMEOUT, timeouts.connectMilliseconds());
    }

    void connected() {
        cancel(ErrorCode.UPSTREAM_CONNECT_TIMEOUT);
    }

    void requestSent() {
        set(ErrorCode.UPSTREAM_FIRST_BYTE_TIMEOUT, timeouts.firstByteMilliseconds());
    }

    void firstByte() {
        cancel(ErrorCode.UPSTREAM_FIRST_BYTE_TIMEOUT);
        resumed();
        checkIdleIn(timeouts.idleMilliseconds());
    }

    void byteCame() {
        lastByteNanos = System.nanoTime();
    }

    /** The caller is slow, so the model is not being read: its silence counts no longer. */
    void paused() {
        waitingForModel = false;
    }

    void resumed() {
        waitingForModel = true;
        byteCame();
    }

    /** No deadline fires after this. */
    void end() {
        over = true;
        timers.values().forEach(vertx::cancelTimer);
        timers.clear();
    }

    /** One timer that looks when the last byte came, instead of a new timer per byte. */
    private void checkIdleIn(long milliseconds) {
        if (over) {
            return;
        }
        timers.put(ErrorCode.UPSTREAM_IDLE_TIMEOUT, vertx.setTimer(Math.max(1, milliseconds), id -> {
            long left = timeouts.idleMilliseconds()
                    - (waitingForModel ? (System.nanoTime() - lastByteNanos) / 1_000_000 : 0);
            if (left > 0) {
                checkIdleIn(left);
            } else {
                expire(ErrorCode.UPSTREAM_IDLE_TIMEOUT);
            }
        }));
    }

    private void set(ErrorCode code, long milliseconds) {
        if (!over) {
            timers.put(code, vertx.setTimer(milliseconds, id -> expire(code)));
        }
    }

    private void cancel(ErrorCode code) {
        Long timer = timers.remove(code);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void expire(ErrorCode code) {
        if (!over) {
            end();
            expired.accept(code);
        }
    }
}
