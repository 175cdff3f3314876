package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.error.QuotaState;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.forward.Answer;
import dev.secureprediction.gateway.pipeline.RequestHead;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes answers and errors to the caller. Every answer has its request id and is not to be stored. */
final class CallerAnswer implements Answer {
    /** Answers up to this size go out with their head, in one piece. */
    private static final long WITH_HEAD = 8 * 1024;

    private final HttpServerResponse response;
    private final Outlet outlet;
    private final CallRecord record;
    private final Runnable finished;
    private final Runnable noRoom;
    private final Runnable answeredLast;
    private boolean last;
    private final BooleanSupplier closeAfter;
    private ErrorShape errorShape = ErrorShape.PROBLEM;
    private final List<QuotaState> quotas = new ArrayList<>(0);
    private boolean eventStream;
    private boolean lineOpen;
    private boolean over;
    private @Nullable RequestHead gzipFor;
    private @Nullable Cors cors;
    private @Nullable GzipAnswer gzip;
    private long announced = -1;
    private @Nullable Buffer whole;

    /**
     * An answer that has not begun.
     *
     * @param closeAfter whether the connection serves no further call
     * @param outlet the way of the response's body
     * @param noRoom called where all answers together hold too much for the next bytes of this one
     * @param finished called once, when the answer has ended or broken off
     * @param answeredLast called when the last answer of a connection is written
     */
    CallerAnswer(
            HttpServerResponse response,
            Outlet outlet,
            CallRecord record,
            BooleanSupplier closeAfter,
            Runnable noRoom,
            Runnable finished,
            Runnable answeredLast) {
        this.response = response;
        this.outlet = outlet;
        this.noRoom = noRoom;
        this.record = record;
        this.closeAfter = closeAfter;
        this.finished = finished;
        this.answeredLast = answeredLast;
    }

    /** Tells the caller how its quota stands. */
    void quota(QuotaState state) {
        quotas.add(state);
    }

    void errorShape(ErrorShape shape) {
        errorShape = shape;
    }

    /** This answer does not stream: it is compressed where its caller takes that. */
    void gzipWhereAccepted(RequestHead head) {
        gzipFor = head;
    }

    /** The caller is a page of this origin, which may read the answer. */
    void cors(Cors origin) {
        cors = origin;
    }

    /** Answers a browser that asks whether it may call; there is nothing more to it. */
    void preflight(Cors origin) {
        cors = origin;
        response.setStatusCode(204);
        common();
        origin.preflight(response);
        response.end().onComplete(written -> afterEnd());
        finish(204);
    }

    @Override
    public void header(String name, String value) {
        if (!over) {
            response.headers().add(name, value);
        }
    }

    @Override
    public void begin(int status, String contentType, OptionalLong length) {
        if (over) {
            return;
        }
        eventStream = contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        head(status, contentType);
        if (gzipFor != null && GzipAnswer.worthFor(contentType, length) && GzipAnswer.acceptedBy(gzipFor)) {
            gzip = new GzipAnswer();
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            response.putHeader(HttpHeaders.VARY, cors == null ? "Accept-Encoding" : "Origin, Accept-Encoding");
            response.setChunked(true);
        } else if (length.isPresent()) {
            announced = length.getAsLong();
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(announced));
        } else {
            response.setChunked(true);
        }
        if (announced <= 0 || announced > WITH_HEAD) {
            response.writeHead();
        }
    }

    @Override
    public void write(Buffer bytes) {
        if (over || bytes.length() == 0) {
            return;
        }
        lineOpen = bytes.getByte(bytes.length() - 1) != '\n';
        if (bytes.length() == announced && !response.headWritten()) {
            whole = bytes; // its end is about to come
            return;
        }
        send(gzip == null ? bytes : gzip.write(bytes));
    }

    private void send(Buffer bytes) {
        if (bytes.length() > 0) {
            if (outlet.send(bytes)) {
                record.addBytesOut(bytes.length());
            } else {
                noRoom.run();
            }
        }
    }

    @Override
    public boolean isFull() {
        return !over && outlet.isFull();
    }

    @Override
    public void onRoom(Handler<Void> handler) {
        outlet.onRoom(handler);
    }

    @Override
    public void end() {
        if (!over) {
            if (gzip != null) {
                send(gzip.finish());
            }
            if (over) {
                return; // no room for its last bytes
            }
            over = true; // a stream may be closed before its end is written
            try {
                if (whole == null) {
                    outlet.end(ending -> ending.end().onComplete(written -> afterEnd()));
                } else {
                    record.addBytesOut(whole.length());
                    outlet.endWith(whole).onComplete(written -> afterEnd());
                }
            } finally {
                finish(response.getStatusCode());
            }
        }
    }

    @Override
    public void refuse(Refusal refusal) {
        if (over) {
            return;
        }
        record.refused(refusal);
        refusal.quota().ifPresent(this::quota);
        Buffer body = Buffer.buffer(errorShape.render(refusal, record.requestId()));
        head(refusal.code().httpStatus(), errorShape.contentType());
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (refusal.code().httpStatus() == 401) {
            response.putHeader("www-authenticate", challenge(refusal.code()));
        }
        refusal.shortRetryAfter()
                .ifPresent(wait -> response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
        if (errorShape.saysWhetherToRetry() && !refusal.isWorthRetrying()) {
            response.putHeader("x-should-retry", "false");
        }
        record.addBytesOut(body.length());
        over = true;
        try {
            outlet.endWith(body).onComplete(written -> afterEnd());
        } finally {
            finish(refusal.code().httpStatus());
        }
    }

    /** An event stream ends with an error event; anything else is cut, since more bytes could look like an answer. */
    @Override
    public void breakOff(Refusal refusal) {
        if (over) {
            return;
        }
        record.refused(refusal);
        if (eventStream && response.isChunked()) {
            Buffer event = Buffer.buffer(lineOpen ? "\n\n" : "\n")
                    .appendBytes(errorShape.renderEvent(refusal, record.requestId()));
            record.addBytesOut(event.length());
            outlet.end(ending -> ending.end(event));
        } else {
            outlet.discard();
            response.reset();
        }
        finish(refusal.code().httpStatus());
    }

    /** The caller is gone: there is nobody to write to. */
    void gone() {
        outlet.discard();
        if (!over) {
            record.refused(Refusal.of(ErrorCode.CLIENT_GONE));
            finish(ErrorCode.CLIENT_GONE.httpStatus());
        }
    }

    boolean isOver() {
        return over;
    }

    private void head(int status, String contentType) {
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        common();
    }

    private void common() {
        response.putHeader("x-request-id", record.requestId());
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.putHeader("x-content-type-options", "nosniff");
        if (!quotas.isEmpty()) {
            response.putHeader("ratelimit-policy", list(QuotaState::policyField));
            response.putHeader("ratelimit", list(QuotaState::stateField));
        }
        if (cors != null) {
            cors.allow(response);
        }
        if (closeAfter.getAsBoolean() && response.streamId() <= 0) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
            last = true;
        }
    }

    private String list(Function<QuotaState, String> member) {
        return quotas.size() == 1
                ? member.apply(quotas.getFirst())
                : quotas.stream().map(member).collect(Collectors.joining(", "));
    }

    private void afterEnd() {
        if (last) {
            answeredLast.run();
        }
    }

    /** RFC 6750, section 3: without a token no error code; never a description. */
    private static String challenge(ErrorCode code) {
        return code == ErrorCode.TOKEN_MISSING ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    private void finish(int status) {
        over = true;
        if (gzip != null) {
            gzip.close();
        }
        record.ended(status);
        finished.run();
    }
}
