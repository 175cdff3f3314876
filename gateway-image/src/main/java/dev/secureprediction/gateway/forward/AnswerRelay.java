package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.answer.AnswerEnd;
import dev.secureprediction.gateway.answer.AnswerExit;
import dev.secureprediction.gateway.answer.AnswerPath;
import dev.secureprediction.gateway.answer.AnswerPlan;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.text.CharacterSet;
import dev.secureprediction.gateway.upstream.ModelAnswer;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.gateway.usage.UsageScanner;
import dev.secureprediction.gateway.usage.VersionScanner;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes an answer on as it arrives, no faster than the caller reads, and reads the tokens used as it goes by. Where
 * nothing screens, shapes or keeps it, its bytes go through uncut.
 */
final class AnswerRelay {
    private static final CharacterSet MEDIA_TYPE = CharacterSet.ALPHANUMERIC.and("!#$&^_.+/; =\"-");
    private static final CharacterSet HEADER_VALUE = CharacterSet.of(" ~");
    private static final String FALLBACK_TYPE = "application/octet-stream";

    private final ModelAnswer response;
    private final Answer answer;
    private final Deadlines deadlines;
    private final AnswerPlan plan;
    private final List<String> headers;
    private final Consumer<Optional<Refusal>> ended;
    private final UsageScanner scanner = new UsageScanner();
    private final Optional<VersionScanner> version;
    private @Nullable AnswerPath path;
    private boolean begun;
    private boolean waiting;
    private boolean stopped;

    private AnswerRelay(
            ModelAnswer response,
            Answer answer,
            Deadlines deadlines,
            AnswerPlan plan,
            List<String> headers,
            Optional<VersionScanner> version,
            Consumer<Optional<Refusal>> ended) {
        this.response = response;
        this.answer = answer;
        this.deadlines = deadlines;
        this.plan = plan;
        this.headers = headers;
        this.version = version;
        this.ended = ended;
    }

    /**
     * Begins to read the answer.
     *
     * @param headers further ones of the model's that callers get
     * @param version looks for the model's version in it, when that is due
     * @param paths opens the path of an answer of this content type that is to be cut into frames
     * @param ended called once, with what interrupted the answer, if anything did
     */
    static AnswerRelay start(
            ModelAnswer response,
            Answer answer,
            Deadlines deadlines,
            AnswerPlan plan,
            List<String> headers,
            Optional<VersionScanner> version,
            BiFunction<String, AnswerExit, AnswerPath> paths,
            Consumer<Optional<Refusal>> ended) {
        AnswerRelay relay = new AnswerRelay(response, answer, deadlines, plan, headers, version, ended);
        if (plan.wantsFrames()) {
            relay.path = paths.apply(contentType(response), relay.new Exit());
            if (!plan.mayHold() && plan.isWatched()) {
                relay.begin(OptionalLong.empty()); // a stream's head does not wait for its first frame
            }
        } else {
            relay.begin(length(response));
        }
        return relay;
    }

    private void begin(OptionalLong length) {
        begun = true;
        String type = contentType(response);
        plan.observers().forEach(observer -> observer.began(response.status(), type));
        for (String name : headers) {
            response.all(name).stream()
                    .filter(value -> HEADER_VALUE.make(value, 0, 4_096))
                    .forEach(value -> answer.header(name, value));
        }
        answer.begin(response.status(), type, length);
    }

    /** The next bytes of the body. */
    void pass(byte[] bytes) {
        if (stopped) {
            return;
        }
        deadlines.byteCame();
        if (version.isPresent()) {
            version.get().scan(bytes);
        }
        if (path == null) {
            scanner.scan(bytes);
            answer.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
        } else {
            path.take(bytes);
        }
        if (!stopped && isFull()) {
            response.pause();
            deadlines.paused();
            waiting = true;
            answer.onRoom(room -> resume());
        }
    }

    private boolean isFull() {
        return answer.isFull() || (path != null && path.isFull());
    }

    private void resume() {
        if (waiting && !stopped && !isFull()) {
            waiting = false;
            deadlines.resumed();
            response.resume();
        }
    }

    /** The model has said all; what is held may still need a verdict. */
    void complete() {
        if (stopped) {
            return;
        }
        if (path == null) {
            end(Optional.empty());
        } else {
            deadlines.paused();
            path.finish();
        }
    }

    /** The model's connection broke. */
    void broken(Throwable cause) {
        end(Optional.of(Refusal.of(
                ErrorCode.UPSTREAM_INTERRUPTED, "IN_ANSWER:" + cause.getClass().getSimpleName())));
    }

    private void end(Optional<Refusal> interrupted) {
        if (!stopped) {
            stop();
            ended.accept(interrupted);
        }
    }

    /** Nothing is passed on any more; what was read of usage is kept. */
    void stop() {
        stopped = true;
        if (path != null) {
            path.stop();
        }
    }

    /** Whether the caller has its head. */
    boolean hasBegun() {
        return begun;
    }

    Optional<TokensUsed> usage() {
        Optional<TokensUsed> read = path == null ? Optional.empty() : path.usage();
        return read.isPresent() ? read : scanner.result();
    }

    AnswerEnd.Kind completeness() {
        return path == null ? AnswerEnd.Kind.COMPLETE : path.completeness();
    }

    private static String contentType(ModelAnswer response) {
        return response.header(HttpHeaderNames.CONTENT_TYPE)
                .filter(said -> MEDIA_TYPE.make(said, 1, 128))
                .orElse(FALLBACK_TYPE);
    }

    private static OptionalLong length(ModelAnswer response) {
        String said = response.header(HttpHeaderNames.CONTENT_LENGTH).orElse("");
        return CharacterSet.DIGITS.make(said, 1, 18) ? OptionalLong.of(Long.parseLong(said)) : OptionalLong.empty();
    }

    /** Where frames go. */
    private final class Exit implements AnswerExit {
        @Override
        public void begin(OptionalLong length) {
            if (!begun) {
                AnswerRelay.this.begin(length);
            }
        }

        @Override
        public void write(byte[] bytes) {
            answer.write(Buffer.buffer(bytes));
        }

        @Override
        public void end() {
            AnswerRelay.this.end(Optional.empty());
        }

        @Override
        public void fail(Refusal refusal) {
            AnswerRelay.this.end(Optional.of(refusal));
        }

        @Override
        public void moved() {
            resume();
        }
    }
}
