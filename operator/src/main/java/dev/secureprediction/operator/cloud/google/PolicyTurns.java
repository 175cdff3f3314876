package dev.secureprediction.operator.cloud.google;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Lets one edit of a policy go at a time, as far as this process makes them: hundreds of endpoints share a project's policy, and
 * under its etag all but one of those that begin together would have to begin again.
 */
final class PolicyTurns {

    private static final int STRIPES = 64;

    private final ReentrantLock[] locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** Edits when nobody else does. Two policies may share a turn, which costs no more than time. */
    void alone(String policy, Runnable edit) {
        ReentrantLock lock = locks[Math.floorMod(policy.hashCode(), STRIPES)];
        lock.lock();
        try {
            edit.run();
        } finally {
            lock.unlock();
        }
    }
}
