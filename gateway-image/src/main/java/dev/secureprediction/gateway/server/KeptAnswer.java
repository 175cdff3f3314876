package dev.secureprediction.gateway.server;

import dev.secureprediction.gateway.cache.StoredAnswer;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.forward.Answer;
import dev.secureprediction.gateway.pipeline.Keeping;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.OptionalLong;

/** Passes an answer on to the caller and keeps what the caller got, to its end, where it is not too large. */
final class KeptAnswer implements Answer {
    private static final int MOST = 256 * 1024;

    private final Answer caller;
    private final Keeping keeping;
    private final Clock clock;
    private final Buffer body = Buffer.buffer();
    private String contentType = "";
    private boolean unfit;

    KeptAnswer(Answer caller, Keeping keeping, Clock clock) {
        this.caller = caller;
        this.keeping = keeping;
        this.clock = clock;
    }

    /** An answer with headers of its own is not kept: they would be missing. */
    @Override
    public void header(String name, String value) {
        unfit = true;
        caller.header(name, value);
    }

    @Override
    public void begin(int status, String type, OptionalLong length) {
        contentType = type;
        unfit |= status != 200 || length.orElse(0) > MOST;
        caller.begin(status, type, length);
    }

    @Override
    public void write(Buffer bytes) {
        unfit |= body.length() + bytes.length() > MOST;
        if (!unfit) {
            body.appendBuffer(bytes);
        }
        caller.write(bytes);
    }

    @Override
    public boolean isFull() {
        return caller.isFull();
    }

    @Override
    public void onRoom(Handler<Void> handler) {
        caller.onRoom(handler);
    }

    @Override
    public void end() {
        if (unfit) {
            keeping.giveUp();
        } else {
            keeping.keep(new StoredAnswer(contentType, body.getBytes(), clock.instant()));
        }
        caller.end();
    }

    @Override
    public void refuse(Refusal refusal) {
        keeping.giveUp();
        caller.refuse(refusal);
    }

    @Override
    public void breakOff(Refusal refusal) {
        keeping.giveUp();
        caller.breakOff(refusal);
    }
}
