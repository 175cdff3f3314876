package dev.secureprediction.gateway.limits;

/**
 * A bucket that holds a minute's units and refills evenly; it can go into debt, which blocks until it is refilled. For
 * one thread at a time. The scripts of the shared store do the same arithmetic.
 */
final class Bucket {
    static final double MINUTE_NANOS = 60e9;

    private double level;
    private long atNanos;
    private long minute;

    /** Takes so much if it is there; what is left is then in {@link #level}. */
    boolean take(long perMinute, long amount, long nowNanos) {
        refill(perMinute, nowNanos);
        if (level < amount) {
            return false;
        }
        level -= amount;
        return true;
    }

    /** Gives back, or with a negative amount takes whatever is there, into debt. */
    void give(long perMinute, long amount, long nowNanos) {
        refill(perMinute, nowNanos);
        level = Math.min((double) perMinute, level + amount);
    }

    /** Units as of the last use; negative: debt. */
    double level() {
        return level;
    }

    /** Nanoseconds until so much is there, as of the last use. */
    long nanosUntil(long perMinute, long amount) {
        return level >= amount ? 0 : (long) Math.ceil((amount - level) * MINUTE_NANOS / perMinute);
    }

    /** Whether forgetting it would change nothing. */
    boolean isFull(long nowNanos) {
        return minute == 0 || level + (double) (nowNanos - atNanos) * (minute / MINUTE_NANOS) >= minute;
    }

    private void refill(long perMinute, long nowNanos) {
        if (minute == 0) {
            level = perMinute;
        } else {
            level = Math.min((double) perMinute, level + (double) (nowNanos - atNanos) * (perMinute / MINUTE_NANOS));
        }
        minute = perMinute;
        atNanos = nowNanos;
    }
}
