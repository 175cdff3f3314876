package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.audit.CallRecord;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.usage.UsageScanner;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Passes an answer on as it arrives, no faster than the caller reads, and reads the tokens used as it goes by. */
final class AnswerRelay {
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-zA-Z0-9!#$&^_.+/; =\"-]{1,128}");
    private static final String FALLBACK_TYPE = "application/octet-stream";

    private final HttpClientResponse response;
    private final Answer answer;
    private final Deadlines deadlines;
    private final CallRecord record;
    private final Consumer<Optional<Refusal>> ended;
    private final UsageScanner usage = new UsageScanner();
    private boolean stopped;

    private AnswerRelay(
            HttpClientResponse response,
            Answer answer,
            Deadlines deadlines,
            CallRecord record,
            Consumer<Optional<Refusal>> ended) {
        this.response = response;
        this.answer = answer;
        this.deadlines = deadlines;
        this.record = record;
        this.ended = ended;
    }

    /**
     * Begins the answer.
     *
     * @param ended called once, with what interrupted the answer, if anything did
     */
    static AnswerRelay start(
            HttpClientResponse response,
            Answer answer,
            Deadlines deadlines,
            CallRecord record,
            Consumer<Optional<Refusal>> ended) {
        AnswerRelay relay = new AnswerRelay(response, answer, deadlines, record, ended);
        answer.begin(response.statusCode(), contentType(response), length(response));
        response.exceptionHandler(e -> relay.end(Optional.of(Refusal.of(
                ErrorCode.UPSTREAM_INTERRUPTED, "IN_ANSWER:" + e.getClass().getSimpleName()))));
        response.handler(relay::pass);
        response.endHandler(end -> relay.end(Optional.empty()));
        return relay;
    }

    private void pass(Buffer piece) {
        if (stopped) {
            return;
        }
        deadlines.byteCame();
        usage.scan(piece.getBytes());
        answer.write(piece);
        if (answer.isFull()) {
            response.pause();
            deadlines.paused();
            answer.onRoom(room -> {
                if (!stopped) {
                    deadlines.resumed();
                    response.resume();
                }
            });
        }
    }

    private void end(Optional<Refusal> interrupted) {
        if (!stopped) {
            stop();
            ended.accept(interrupted);
        }
    }

    /** Nothing is passed on any more; what was read of usage is kept. */
    void stop() {
        if (!stopped) {
            stopped = true;
            record.tokensUsed(usage.result());
        }
    }

    private static String contentType(HttpClientResponse response) {
        String said = response.getHeader(HttpHeaders.CONTENT_TYPE);
        return said != null && MEDIA_TYPE.matcher(said).matches() ? said : FALLBACK_TYPE;
    }

    private static OptionalLong length(HttpClientResponse response) {
        String said = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        return said != null && said.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(said))
                : OptionalLong.empty();
    }
}
