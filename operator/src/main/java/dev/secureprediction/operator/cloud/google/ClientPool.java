package dev.secureprediction.operator.cloud.google;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps one thing per key while it is used: at most so many, closed when idle for long, never while in use. When all
 * are in use at once there may be more for a while.
 *
 * @param <K> key
 * @param <V> what is kept
 */
final class ClientPool<K, V> implements AutoCloseable {

    private final int capacity;
    private final long idleNanos;
    private final Function<K, V> open;
    private final Consumer<V> shut;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    ClientPool(int capacity, Duration idle, Function<K, V> open, Consumer<V> shut, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.idleNanos = idle.toNanos();
        this.open = open;
        this.shut = shut;
        this.nanoTime = nanoTime;
    }

    /** Uses the thing of a key, which is open for as long. */
    <R> R with(K key, Function<V, R> use) {
        Entry<V> entry = borrow(key);
        try {
            return use.apply(entry.value);
        } finally {
            giveBack(entry);
        }
    }

    private Entry<V> borrow(K key) {
        lock.lock();
        try {
            Entry<V> entry = entries.computeIfAbsent(key, k -> new Entry<>(open.apply(k)));
            entry.users++;
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Entry<V> entry) {
        List<V> closing = new ArrayList<>();
        lock.lock();
        try {
            entry.users--;
            entry.lastUsed = nanoTime.getAsLong();
            // least recently used first
            Iterator<Entry<V>> oldest = entries.values().iterator();
            while (oldest.hasNext()) {
                Entry<V> candidate = oldest.next();
                boolean idle = nanoTime.getAsLong() - candidate.lastUsed > idleNanos;
                if (candidate.users == 0 && (idle || entries.size() > capacity)) {
                    oldest.remove();
                    closing.add(candidate.value);
                }
            }
        } finally {
            lock.unlock();
        }
        closing.forEach(shut);
    }

    @Override
    public void close() {
        List<V> closing = new ArrayList<>();
        lock.lock();
        try {
            entries.values().forEach(e -> closing.add(e.value));
            entries.clear();
        } finally {
            lock.unlock();
        }
        closing.forEach(shut);
    }

    private static final class Entry<V> {
        private final V value;
        private int users;
        private long lastUsed;

        private Entry(V value) {
            this.value = value;
        }
    }
}
