package dev.secureprediction.operator.apply;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What was read or written a moment ago, so that one round does not ask for the same thing four times. */
final class Recent<V> {

    private final long nanos;
    private final LongSupplier nanoTime;
    private final Map<String, Seen<V>> known = new ConcurrentHashMap<>();

    private record Seen<V>(V value, long at) {}

    /**
     * Nothing yet.
     *
     * @param fresh how long it counts
     */
    Recent(Duration fresh, LongSupplier nanoTime) {
        this.nanos = fresh.toNanos();
        this.nanoTime = nanoTime;
    }

    Optional<V> get(String name) {
        return Optional.ofNullable(known.get(name)).filter(this::isFresh).map(Seen::value);
    }

    /** Also forgets what is no longer fresh. */
    V note(String name, V value) {
        known.values().removeIf(seen -> !isFresh(seen));
        known.put(name, new Seen<>(value, nanoTime.getAsLong()));
        return value;
    }

    void forget(String name) {
        known.remove(name);
    }

    private boolean isFresh(Seen<V> seen) {
        return nanoTime.getAsLong() - seen.at() < nanos;
    }
}
