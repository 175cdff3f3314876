package dev.secureprediction.sandbox.node;

import java.time.Duration;

/** Pauses that double up to five minutes, and begin anew after ten good minutes, as a kubelet's do. Used by one thread. */
final class BackOff {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGET = Duration.ofMinutes(10);

    private final Duration first;
    private Duration pause = Duration.ZERO;

    BackOff(Duration first) {
        this.first = first;
    }

    /** The pause after something failed that had run for that long: none for the first time. */
    Duration after(Duration ran) {
        if (ran.compareTo(FORGET) > 0) {
            pause = Duration.ZERO;
        }
        var now = pause;
        lengthen();
        return now;
    }

    /** The next pause, never none. */
    Duration next() {
        if (pause.isZero()) {
            lengthen();
        }
        return after(Duration.ZERO);
    }

    private void lengthen() {
        var doubled = pause.isZero() ? first : pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
