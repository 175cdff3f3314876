package dev.secureprediction.gateway.answer;

/** Cuts an answer that arrives in pieces. Keeps no more than the frame that is not complete yet. */
interface FrameSplitter {

    /** Takes the next bytes and hands on the frames that are complete. */
    void take(byte[] piece, Frames out) throws UnreadableAnswerException;

    /** No byte follows. */
    void finish(Frames out) throws UnreadableAnswerException;

    /** Bytes of the frame that is not complete yet. */
    int held();

    /** Where frames go. */
    @FunctionalInterface
    interface Frames {

        void frame(byte[] before, byte[] data, byte[] after);
    }
}
