package dev.secureprediction.operator.cloud.google;

import dev.secureprediction.operator.cloud.CloudException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps projects from holding each other up: each has a lane for reading and one for writing, in which so many are at work at
 * once and so many begin per second. Whoever finds no place soon is told to come back, and his worker serves another project.
 * A lane in which Google says that a rate is used up is closed for as long as Google says.
 */
final class ProjectLanes {

    private static final long LONGEST_CLOSED = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int atOnce;
    private final int perSecond;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * Without anybody in them.
     *
     * @param atOnce how many work in a lane
     * @param perSecond how many may begin; twice as many after a pause
     * @param patience how long one waits for a place
     */
    ProjectLanes(int atOnce, int perSecond, Duration patience, LongSupplier nanoTime) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    <R> R reading(String project, Supplier<R> work) {
        return in(lane(project, "reading"), project, work);
    }

    <R> R writing(String project, Supplier<R> work) {
        return in(lane(project, "writing"), project, work);
    }

    private Lane lane(String project, String kind) {
        return lanes.computeIfAbsent(
                kind + " " + project, ignored -> new Lane(new Semaphore(atOnce), nanoTime.getAsLong() - 2 * SECOND));
    }

    private <R> R in(Lane lane, String project, Supplier<R> work) {
        Optional<Long> wait = lane.begin(nanoTime.getAsLong(), SECOND / perSecond, patience.toNanos());
        if (wait.isEmpty() || !lane.enter(patience)) {
            throw new CloudException.Unavailable(
                    "projects/" + project + ": too much is under way there; tried again soon", Optional.empty());
        }
        try {
            LockSupport.parkNanos(wait.get());
            return work.get();
        } catch (CloudException.QuotaExceeded e) {
            e.retryAfter().ifPresent(pause -> lane.close(nanoTime.getAsLong(), pause));
            throw e;
        } finally {
            lane.places.release();
        }
    }

    private static final class Lane {
        private final Semaphore places;
        private long next;

        private Lane(Semaphore places, long next) {
            this.places = places;
            this.next = next;
        }

        /** How long to wait for one's turn; empty when that is too long. */
        private synchronized Optional<Long> begin(long now, long interval, long patience) {
            long turn = Math.max(next, now - 2 * SECOND);
            long wait = Math.max(turn - now, 0);
            if (wait > patience) {
                return Optional.empty();
            }
            next = turn + interval;
            return Optional.of(wait);
        }

        private synchronized void close(long now, Duration pause) {
            next = Math.max(next, now + Math.min(pause.toNanos(), LONGEST_CLOSED));
        }

        private boolean enter(Duration patience) {
            try {
                return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
