package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.answer.Room;
import io.vertx.core.Future;
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
 * connections share and that does not grow; what it has not taken waits here, counted with what other answers hold. HTTP/2 takes
 * whatever it is given, also where its caller lets nothing through; there what was given counts until it has gone out. On one
 * event loop.
 */
final class Outlet {
    /** Taken by a connection at a time, in bytes. */
    private static final int PIECE = 8 * 1024;

    /** Bytes after which a connection is full; times a thousand slow readers. */
    private static final int QUEUE = 8 * 1024;

    /** How long the end of an answer waits for a caller that reads nothing of it. */
    private static final long PATIENCE_MILLISECONDS = 30_000;

    /** How long an answer goes on for a caller that reads nothing of what was sent; a model's connection waits with it. */
    private static final long STALL_MILLISECONDS = 30_000;

    /** How long a caller may take for an answer that is given to HTTP/2 as a whole. */
    private static final long SHORT_PATIENCE_MILLISECONDS = 10_000;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Room room;
    private final boolean multiplexed;
    private final int headLength;
    private final Runnable stalled;
    private final Deque<Buffer> waiting = new ArrayDeque<>(0);
    private long held;
    private long unsent;
    private @Nullable Handler<Void> onRoom;
    private @Nullable Consumer<HttpServerResponse> atEnd;
    private long timer = -1;
    private long stallTimer = -1;

    /**
     * The way of one response.
     *
     * @param room what all answers together may hold
     * @param headLength of the request, which lives as long as its stream
     * @param stalled called when the caller has read nothing for half a minute, although more is to come
     */
    Outlet(Vertx vertx, HttpServerResponse response, Room room, int headLength, Runnable stalled) {
        this.vertx = vertx;
        this.response = response;
        this.room = room;
        this.multiplexed = response.streamId() > 0;
        this.headLength = headLength;
        this.stalled = stalled;
        response.setWriteQueueMaxSize(QUEUE);
    }

    /** Sends the bytes, now or as soon as there is room; false: nothing of them, since all answers hold too much. */
    boolean send(Buffer bytes) {
        if (held == 0 && bytes.length() <= PIECE && !isClogged()) {
            write(bytes);
            return true;
        }
        int from = held == 0 && !isClogged() ? writeFrom(bytes, 0) : 0;
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
        return held > 0 || isClogged() || response.writeQueueFull();
    }

    private boolean isClogged() {
        return unsent >= QUEUE;
    }

    private void write(Buffer bytes) {
        if (multiplexed) {
            int length = bytes.length();
            unsent += length;
            response.write(bytes).onComplete(gone -> {
                unsent -= length;
                if (!isClogged() && !response.closed()) {
                    drained();
                }
            });
        } else {
            response.write(bytes);
        }
    }

    /** Sends an answer that is there as a whole, and ends it; a caller who lets nothing through does not hold it for long. */
    Future<Void> endWith(Buffer bytes) {
        if (!multiplexed) {
            return response.end(bytes);
        }
        long weight = (long) headLength + bytes.length();
        if (!room.takeForSlow(weight)) {
            response.reset();
            return Future.failedFuture("too much is waiting to be read");
        }
        long impatience = vertx.setTimer(SHORT_PATIENCE_MILLISECONDS, id -> response.reset());
        try {
            return response.end(bytes).onComplete(gone -> {
                vertx.cancelTimer(impatience);
                room.give(weight);
            });
        } catch (IllegalStateException e) { // its stream was closed before
            vertx.cancelTimer(impatience);
            room.give(weight);
            throw e;
        }
    }

    /** Called once when there is room again. */
    void onRoom(Handler<Void> handler) {
        onRoom = handler;
        response.drainHandler(drained -> drained());
        watch();
    }

    private void watch() {
        vertx.cancelTimer(stallTimer);
        stallTimer = vertx.setTimer(STALL_MILLISECONDS, id -> stalled.run());
    }

    /** Ends the response behind what still waits. */
    void end(Consumer<HttpServerResponse> ending) {
        onRoom = null;
        vertx.cancelTimer(stallTimer);
        if (held == 0 && unsent == 0) {
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
        vertx.cancelTimer(stallTimer);
    }

    private void drained() {
        vertx.cancelTimer(stallTimer);
        while (held > 0 && !isClogged() && !response.writeQueueFull()) {
            Buffer next = waiting.remove();
            int written = writeFrom(next, 0);
            held -= written;
            room.give(written);
            if (written < next.length()) {
                waiting.addFirst(next.slice(written, next.length()));
            }
        }
        if (onRoom != null) {
            watch();
        }
        if (held > 0) {
            beImpatient();
            return;
        }
        if (atEnd != null && unsent > 0) {
            beImpatient();
        } else if (atEnd != null) {
            vertx.cancelTimer(timer);
            atEnd.accept(response);
            atEnd = null;
        } else if (onRoom != null && !isClogged() && !response.writeQueueFull()) {
            Handler<Void> told = onRoom;
            onRoom = null;
            vertx.cancelTimer(stallTimer);
            told.handle(null);
        }
    }

    /** Writes until the connection is full, at least one piece; tells how far. */
    private int writeFrom(Buffer bytes, int start) {
        int from = start;
        do {
            int to = Math.min(bytes.length(), from + PIECE);
            write(bytes.slice(from, to));
            from = to;
        } while (from < bytes.length() && !isClogged() && !response.writeQueueFull());
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
