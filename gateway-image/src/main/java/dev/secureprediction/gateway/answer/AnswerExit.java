package dev.secureprediction.gateway.answer;

import dev.secureprediction.gateway.error.Refusal;
import java.util.OptionalLong;

/** The caller's side of an answer. */
public interface AnswerExit {

    /**
     * Sends the head; before the first bytes.
     *
     * @param length of the body in bytes; absent: not known
     */
    void begin(OptionalLong length);

    void write(byte[] bytes);

    /** All has been written. */
    void end();

    /** The answer ends in the middle, or instead of its head. */
    void fail(Refusal refusal);

    /** There may be room again. */
    void moved();
}
