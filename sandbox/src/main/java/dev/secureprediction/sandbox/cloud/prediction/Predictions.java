package dev.secureprediction.sandbox.cloud.prediction;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How streams come, and what arrived; keeps the last 1,000. */
public final class Predictions {
    private static final int LIMIT = 1_000;

    private final Deque<ReceivedPrediction> received = new ArrayDeque<>();
    private int chunks = 5;
    private Duration interval = Duration.ofMillis(100);

    /** From now on streams come in so many chunks, this far apart. */
    public synchronized void streaming(int chunkCount, Duration apart) {
        chunks = chunkCount;
        interval = apart;
    }

    /** What arrived from callers who may predict, oldest first. */
    public synchronized List<ReceivedPrediction> received() {
        return List.copyOf(received);
    }

    synchronized void record(ReceivedPrediction prediction) {
        if (received.size() == LIMIT) {
            received.removeFirst();
        }
        received.add(prediction);
    }

    synchronized int chunks() {
        return chunks;
    }

    synchronized Duration interval() {
        return interval;
    }
}
