package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.OptionalLong;

/** Keeps the model's whole answer, within bounds, and hands on what it becomes; nothing goes out before. */
final class TranslatedAnswer implements Answer {
    private static final int MAX_BYTES = 32 << 20;

    private final Answer caller;
    private final AnswerTranslation translation;
    private final Buffer whole = Buffer.buffer();
    private int status;
    private boolean over;

    TranslatedAnswer(Answer caller, AnswerTranslation translation) {
        this.caller = caller;
        this.translation = translation;
    }

    @Override
    public void header(String name, String value) {
        caller.header(name, value);
    }

    @Override
    public void begin(int answered, String contentType, OptionalLong length) {
        status = answered;
    }

    @Override
    public void write(Buffer bytes) {
        if (over) {
            return;
        }
        if (whole.length() + bytes.length() > MAX_BYTES) {
            refuse(Refusal.of(ErrorCode.UPSTREAM_FAILED, "ANSWER_TOO_LARGE"));
        } else {
            whole.appendBuffer(bytes);
        }
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void onRoom(Handler<Void> handler) {
        handler.handle(null);
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        over = true;
        try {
            byte[] translated = translation.translate(whole.getBytes());
            caller.begin(status, "application/json", OptionalLong.of(translated.length));
            caller.write(Buffer.buffer(translated));
            caller.end();
        } catch (RefusedException e) {
            caller.refuse(e.refusal());
        }
    }

    @Override
    public void refuse(Refusal refusal) {
        if (!over) {
            over = true;
            caller.refuse(refusal);
        }
    }

    /** The caller has seen nothing yet, so that this is an ordinary error for it. */
    @Override
    public void breakOff(Refusal refusal) {
        refuse(refusal);
    }
}
