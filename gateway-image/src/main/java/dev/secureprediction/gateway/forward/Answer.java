package dev.secureprediction.gateway.forward;

import dev.secureprediction.gateway.error.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.OptionalLong;

/** Where the model's answer goes: the caller. Used on one event loop. */
public interface Answer {

    /** Adds a header to the head; only before {@link #begin}. */
    void header(String name, String value);

    /**
     * Sends the head.
     *
     * @param status HTTP status
     * @param contentType as the model said
     * @param length of the body in bytes; absent: sent in chunks
     */
    void begin(int status, String contentType, OptionalLong length);

    /** Sends the next bytes at once. */
    void write(Buffer bytes);

    /** Whether the caller reads slower than the model writes. */
    boolean isFull();

    /** Called once when there is room again. */
    void onRoom(Handler<Void> handler);

    /** The answer is complete. */
    void end();

    /** Answers with an error; only before {@link #begin}. */
    void refuse(Refusal refusal);

    /** Breaks the answer off so that the caller cannot take it for complete; only after {@link #begin}. */
    void breakOff(Refusal refusal);
}
