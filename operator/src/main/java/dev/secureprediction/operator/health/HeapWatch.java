package dev.secureprediction.operator.health;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;

/**
 * Has garbage collected when it comes to a quarter of what lives. By itself the serial collector looks at its old generation only
 * once that has grown to the bound of the heap, and all that it grew by is memory that the container is charged for.
 */
public final class HeapWatch implements Runnable {

    private static final String OLD_GENERATION = "Tenured Gen";
    private static final int SHARE = 4;

    /** Below that it is not worth a pause. */
    private static final long LEAST = 12L * 1024 * 1024;

    private final Optional<MemoryPoolMXBean> pool;

    private HeapWatch(Optional<MemoryPoolMXBean> pool) {
        this.pool = pool;
    }

    /** Of this process; with another collector it does nothing. */
    public static HeapWatch create() {
        return new HeapWatch(ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(OLD_GENERATION))
                .findFirst());
    }

    @Override
    public void run() {
        pool.filter(HeapWatch::isWorthwhile).ifPresent(ignored -> System.gc());
    }

    private static boolean isWorthwhile(MemoryPoolMXBean pool) {
        long living = pool.getCollectionUsage().getUsed();
        return pool.getUsage().getUsed() - living > Math.max(LEAST, living / SHARE);
    }
}
