package dev.secureprediction.gateway.answer;

import java.util.concurrent.atomic.AtomicLong;

/** What all answers together may hold in memory. */
public final class Room {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /**
     * So much room.
     *
     * @param most bytes of frames held at a time
     */
    public Room(long most) {
        this.most = most;
    }

    /** Takes some more; false: there is not so much. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most || bytes <= 0) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** Bytes held now. */
    public long taken() {
        return taken.get();
    }
}
