package dev.secureprediction.bench;

/** What calls came to. Written on one event loop, read when all have ended. */
final class Outcome {
    private final Latencies whole = new Latencies();
    private final Latencies firstByte = new Latencies();
    private int failed;

    void answered(boolean well, long firstByteNanos, long wholeNanos) {
        if (well) {
            firstByte.add(firstByteNanos);
            whole.add(wholeNanos);
        } else {
            failed++;
        }
    }

    /** Calls answered with 200. */
    int good() {
        return whole.count();
    }

    int failed() {
        return failed;
    }

    Latencies whole() {
        return whole;
    }

    Latencies firstByte() {
        return firstByte;
    }
}
