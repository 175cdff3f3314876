package dev.secureprediction.gateway.upstream;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connections to one server: the one that was used last is taken first, so that the others can end. On one event loop. */
final class ModelPool {
    private final String authority;
    private final int most;
    private final Deque<ModelConnection> idle = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int count;

    private record Waiting(Consumer<ModelConnection> ready, Consumer<Throwable> failed) {}

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

    /** Hands over a connection that is open, or the first that becomes free or is made. */
    void take(Opening opening, Consumer<ModelConnection> ready, Consumer<Throwable> failed) {
        for (ModelConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (last.isOpen()) {
                ready.accept(last);
                return;
            }
        }
        if (count >= most) {
            failed.accept(new TooManyConnectionsException());
            return;
        }
        count++;
        waiting.add(new Waiting(ready, failed));
        opening.open(channel -> new ModelConnection(channel, this), this::free, this::notOpened);
    }

    /** It can serve another call. */
    void free(ModelConnection connection) {
        @Nullable Waiting next = waiting.poll();
        if (next != null) {
            next.ready().accept(connection);
        } else {
            connection.idleSince(System.nanoTime());
            idle.addLast(connection);
        }
    }

    private void notOpened(Throwable cause) {
        count--;
        @Nullable Waiting next = waiting.poll();
        if (next != null) {
            next.failed().accept(cause);
        }
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
