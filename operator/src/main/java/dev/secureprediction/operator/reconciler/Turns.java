package dev.secureprediction.operator.reconciler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets so many rounds work at once. Those that somebody waits for come before those that only look again. */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Semaphore> awaited = new ArrayDeque<>();
    private final Deque<Semaphore> others = new ArrayDeque<>();
    private int free;

    /**
     * All free.
     *
     * @param atOnce how many may work
     */
    Turns(int atOnce) {
        this.free = atOnce;
    }

    /**
     * Waits for a turn, and works, traced.
     *
     * @param isAwaited whether somebody waits for it
     */
    <R> R during(boolean isAwaited, Supplier<R> work) {
        begin(isAwaited ? awaited : others);
        try {
            return Trace.during(work);
        } finally {
            end();
        }
    }

    private void begin(Deque<Semaphore> queue) {
        var turn = new Semaphore(0);
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return;
            }
            queue.add(turn);
        } finally {
            lock.unlock();
        }
        turn.acquireUninterruptibly(); // handed over by whoever ends: nobody takes a turn and leaves it
    }

    private void end() {
        lock.lock();
        try {
            var next = awaited.isEmpty() ? others.poll() : awaited.poll();
            if (next == null) {
                free++;
            } else {
                next.release();
            }
        } finally {
            lock.unlock();
        }
    }
}
