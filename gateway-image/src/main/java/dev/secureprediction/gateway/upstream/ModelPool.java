package dev.secureprediction.gateway.upstream;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one server: the one that was used last is taken first, so that the others can end. Few are opened at a time:
 * a thousand handshakes side by side would all come too late. On one event loop.
 */
final class ModelPool {
    /** Connections that are being opened; whoever comes then waits in line, for one of these or one that becomes free. */
    static final int MOST_OPENING = 32;

    private final String authority;
    private final int most;
    private final Deque<ModelConnection> idle = new ArrayDeque<>();
    private final Deque<Wait> opening = new ArrayDeque<>();
    private final Deque<Wait> inLine = new ArrayDeque<>();
    private int beingOpened;
    private int count;

    private static final class Wait {
        private final Opening how;
        private final Consumer<ModelConnection> ready;
        private final Consumer<Throwable> failed;
        private boolean inLine = true;

        Wait(Opening how, Consumer<ModelConnection> ready, Consumer<Throwable> failed) {
            this.how = how;
            this.ready = ready;
            this.failed = failed;
        }

        boolean isInLine() {
            return inLine;
        }
    }

    /** Opens a connection and tells of it, or of why it cannot be had. */
    interface Opening {
        void open(Function<Channel, ModelConnection> made, Consumer<ModelConnection> ready, Consumer<Throwable> failed);
    }

    ModelPool(String authority, int most) {
        this.authority = authority;
        this.most = most;
    }

    String authority() {
        return authority;
    }

    /**
     * Hands over a connection that is open, or the first that becomes free or is made.
     *
     * @return whether it still waits in line: that it takes long says nothing of the server then
     */
    BooleanSupplier take(Opening how, Consumer<ModelConnection> ready, Consumer<Throwable> failed) {
        for (ModelConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (last.isOpen()) {
                ready.accept(last);
                return () -> false;
            }
        }
        if (count + inLine.size() >= most) {
            failed.accept(new TooManyConnectionsException());
            return () -> false;
        }
        Wait wait = new Wait(how, ready, failed);
        inLine.add(wait);
        openNext();
        return wait::isInLine;
    }

    private void openNext() {
        while (beingOpened < MOST_OPENING && !inLine.isEmpty()) {
            Wait next = inLine.remove();
            next.inLine = false;
            opening.add(next);
            beingOpened++;
            count++;
            next.how.open(channel -> new ModelConnection(channel, this), this::opened, this::notOpened);
        }
    }

    private void opened(ModelConnection connection) {
        beingOpened--;
        free(connection);
        openNext();
    }

    /** It can serve another call. */
    void free(ModelConnection connection) {
        @Nullable Wait next = opening.isEmpty() ? inLine.poll() : opening.poll();
        if (next != null) {
            next.inLine = false;
            next.ready.accept(connection);
        } else {
            connection.idleSince(System.nanoTime());
            idle.addLast(connection);
        }
    }

    private void notOpened(Throwable cause) {
        beingOpened--;
        count--;
        @Nullable Wait next = opening.poll();
        if (next != null) {
            next.failed.accept(cause);
        }
        openNext();
    }

    /** It is closed. */
    void gone(ModelConnection connection) {
        count--;
        idle.removeLastOccurrence(connection);
    }

    /** Closes what nobody has used since. */
    void closeIdleSince(long nanos) {
        while (!idle.isEmpty() && idle.getFirst().idleSince() - nanos < 0) {
            idle.removeFirst().close();
        }
    }

    boolean isUnused() {
        return count == 0;
    }
}
