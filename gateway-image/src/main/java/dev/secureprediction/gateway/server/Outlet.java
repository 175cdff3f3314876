package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.answer.Room;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to one caller: small pieces, no faster than they are read. What a connection has taken is copied to memory that all
 * connections share and that does not grow; what it has not taken waits here, counted with what other answers hold. On one
 * event loop.
 */
final class Outlet {
    /** Taken by a connection at a time, in bytes. */
    private static final int PIECE = 8 * 1024;

    /** Bytes after which a connection is full; times a thousand slow readers. */
    private static final int QUEUE = 8 * 1024;

    /** How long the end of an answer waits for a caller that reads nothing of it. */
    private static final long PATIENCE_MILLISECONDS = 30_000;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Room room;
    private final Deque<Buffer> waiting = new ArrayDeque<>(0);
    private long held;
    private @Nullable Handler<Void> onRoom;
    private @Nullable Consumer<HttpServerResponse> atEnd;
    private long timer = -1;

    /**
     * The way of one response.
     *
     * @param room what all answers together may hold
     */
    Outlet(Vertx vertx, HttpServerResponse response, Room room) {
        this.vertx = vertx;
        this.response = response;
        this.room = room;
        response.setWriteQueueMaxSize(QUEUE);
    }

    /** Sends the bytes, now or as soon as there is room; false: nothing of them, since all answers hold too much. */
    boolean send(Buffer bytes) {
        if (held == 0 && bytes.length() <= PIECE) {
            response.write(bytes);
            return true;
        }
        int from = held == 0 ? writeFrom(bytes, 0) : 0;
        if (from == bytes.length()) {
            return true;
        }
        if (!room.takeForSlow(bytes.length() - from)) {
            return false;
        }
        if (held == 0) {
            response.drainHandler(drained -> drained());
        }
        held += bytes.length() - from;
        waiting.add(bytes.slice(from, bytes.length()));
        return true;
    }

    /** Whether what was sent is still waiting to be read. */
    boolean isFull() {
        return held > 0 || response.writeQueueFull();
    }

    /** Called once when there is room again. */
    void onRoom(Handler<Void> handler) {
        onRoom = handler;
        response.drainHandler(drained -> drained());
    }

    /** Ends the response behind what still waits. */
    void end(Consumer<HttpServerResponse> ending) {
        if (held == 0) {
            ending.accept(response);
        } else {
            atEnd = ending;
            beImpatient();
        }
    }

    /** What waits will not be read any more. */
    void discard() {
        room.give(held);
        held = 0;
        waiting.clear();
        atEnd = null;
        vertx.cancelTimer(timer);
    }

    private void drained() {
        while (held > 0 && !response.writeQueueFull()) {
            Buffer next = waiting.remove();
            int written = writeFrom(next, 0);
            held -= written;
            room.give(written);
            if (written < next.length()) {
                waiting.addFirst(next.slice(written, next.length()));
            }
        }
        if (held > 0) {
            beImpatient();
            return;
        }
        if (atEnd != null) {
            vertx.cancelTimer(timer);
            atEnd.accept(response);
            atEnd = null;
        } else if (onRoom != null && !response.writeQueueFull()) {
            Handler<Void> told = onRoom;
            onRoom = null;
            told.handle(null);
        }
    }

    /** Writes until the connection is full, at least one piece; tells how far. */
    private int writeFrom(Buffer bytes, int start) {
        int from = start;
        do {
            int to = Math.min(bytes.length(), from + PIECE);
            response.write(bytes.slice(from, to));
            from = to;
        } while (from < bytes.length() && !response.writeQueueFull());
        return from;
    }

    private void beImpatient() {
        if (atEnd != null) {
            vertx.cancelTimer(timer);
            timer = vertx.setTimer(PATIENCE_MILLISECONDS, id -> {
                discard();
                response.reset();
            });
        }
    }
}
