package dev.secureprediction.bench;

import java.util.Arrays;

/** Durations in nanoseconds, all kept. One thread. */
final class Latencies {
    private long[] nanos = new long[4_096];
    private int count;

    void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = value;
    }

    int count() {
        return count;
    }

    /** Milliseconds that this share of all stayed below; 0 to 1. */
    double milliseconds(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, Math.floor(share * count))] / 1e6;
    }
}
