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

    /** Gives back what was taken. */
    public void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** Takes some more for a caller that reads slowly; false: such callers leave a quarter to all others. */
    public boolean takeForSlow(long bytes) {
        return taken.get() + bytes <= most / 4 * 3 && take(bytes);
    }

    /** Takes some more, or gives some back; false: there is not so much. */
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
