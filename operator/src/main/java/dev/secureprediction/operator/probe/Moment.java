package dev.secureprediction.operator.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A moment by the machine's time, which somebody may set, and by the time that it has run, which stands still while it is suspended.
 *
 * @param time by the first
 * @param nanos by the second
 */
record Moment(Instant time, long nanos) {

    static Moment of(InstantSource clock, LongSupplier nanoTime) {
        return new Moment(clock.instant(), nanoTime.getAsLong());
    }

    /** So much has passed until then for certain. */
    Duration atLeast(Moment then) {
        var byTime = Duration.between(time, then.time);
        var byRun = Duration.ofNanos(then.nanos - nanos);
        return byTime.compareTo(byRun) < 0 ? byTime : byRun;
    }

    /** No more than this can have passed until then. */
    Duration atMost(Moment then) {
        var byTime = Duration.between(time, then.time);
        var byRun = Duration.ofNanos(then.nanos - nanos);
        return byTime.compareTo(byRun) > 0 ? byTime : byRun;
    }
}
