package dev.secureprediction.operator.reconciler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets so many rounds work at once. Those that somebody waits for come before those that only look again, and one that only looks
 * again does not work at all if what it would look at has changed before its turn came.
 */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Wait> awaited = new ArrayDeque<>();
    private final SequencedMap<Object, Wait> others = new LinkedHashMap<>();
    private int free;

    private static final class Wait {

        private final Semaphore over = new Semaphore(0);
        private boolean overtaken;

        private void end(boolean isOvertaken) {
            overtaken = isOvertaken; // seen by who waits, by the semaphore
            over.release();
        }

        /** Whether it has a turn. */
        private boolean await() {
            over.acquireUninterruptibly(); // handed over by whoever ends: nobody takes a turn and leaves it
            return !overtaken;
        }
    }

    /**
     * All free.
     *
     * @param atOnce how many may work
     */
    Turns(int atOnce) {
        this.free = atOnce;
    }

    /** Waits for a turn before all that only look again, and works, traced. */
    <R> R awaited(Supplier<R> work) {
        var wait = new Wait();
        if (!begins(() -> awaited.add(wait))) {
            wait.await();
        }
        return worked(work);
    }

    /**
     * Waits for a turn, and works, traced.
     *
     * @param what it looks at; at most one round at a time does
     * @return empty where it was overtaken
     */
    <R> Optional<R> lookingAgain(Object what, Supplier<R> work) {
        var wait = new Wait();
        if (begins(() -> others.put(what, wait)) || wait.await()) {
            return Optional.of(worked(work));
        }
        return Optional.empty();
    }

    /** It has changed: whoever waits to look at it again need not any more. */
    void overtake(Object what) {
        lock.lock();
        try {
            var wait = others.remove(what);
            if (wait != null) {
                wait.end(true);
            }
        } finally {
            lock.unlock();
        }
    }

    private <R> R worked(Supplier<R> work) {
        try {
            return Trace.during(work);
        } finally {
            end();
        }
    }

    private boolean begins(Runnable enqueue) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return true;
            }
            enqueue.run();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            next().ifPresentOrElse(next -> next.end(false), () -> free++);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Wait> next() {
        if (!awaited.isEmpty()) {
            return Optional.of(awaited.remove());
        }
        return Optional.ofNullable(others.pollFirstEntry()).map(Map.Entry::getValue);
    }
}
