package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.pipeline.RequestHead;
import dev.secureprediction.gateway.pipeline.RequestHead.Protocol;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * What to do with a body that nobody wants after an early refusal. A short one is read and dropped, so that the connection
 * can serve on; a long one ends the connection, after a moment in which the caller can read the answer.
 */
final class UnreadBody {
    private static final long READ_ANYWAY = 64 * 1024;
    private static final long LINGER_MILLISECONDS = 1_000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final boolean large;
    private final boolean multiplexed;
    private boolean complete;

    UnreadBody(Vertx vertx, HttpServerRequest request, RequestHead head) {
        this.vertx = vertx;
        this.request = request;
        this.multiplexed = head.protocol() == Protocol.HTTP_2;
        this.large = !head.announcesAtMost(READ_ANYWAY);
    }

    void complete() {
        complete = true;
    }

    /** Whether all of it is read. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the connection cannot serve another call if this one were answered now. */
    boolean mustClose() {
        return !multiplexed && (broken() || (!complete && large));
    }

    /** Drops what of the body is still to come; called when the answer has ended. */
    void settle() {
        if (complete || broken()) {
            return;
        }
        request.handler(piece -> {});
        request.endHandler(end -> complete());
        request.resume();
        if (large) {
            vertx.setTimer(LINGER_MILLISECONDS, id -> endCall());
        }
    }

    private void endCall() {
        if (!complete && multiplexed) {
            request.response().reset();
        } else if (!complete) {
            request.connection().close();
        }
    }

    /** The answer is written and was the connection's last; a caller that still sends may first read it. */
    void answeredLast() {
        if (!multiplexed && (complete || broken() || !large)) {
            request.connection().close();
        }
    }

    private boolean broken() {
        return HttpOneGuard.sawBrokenBody(request.connection());
    }
}
