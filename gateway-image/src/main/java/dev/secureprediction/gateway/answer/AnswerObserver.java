package dev.secureprediction.gateway.answer;

/** Watches what a caller gets. It cannot change it, and never waits. */
public interface AnswerObserver {

    /** Whether it needs frames; where nobody does, bytes pass uncut and only the end is told. */
    boolean wantsFrames();

    /**
     * The head goes out; not called when the call ends without an answer.
     *
     * @param status HTTP status
     * @param contentType as the caller gets it
     */
    default void began(int status, String contentType) {}

    /** This frame goes out, screened and shaped. Only where it wants frames. */
    default void released(Frame frame) {}

    /** The call has ended; called once, however it ended. */
    void ended(AnswerEnd end);
}
