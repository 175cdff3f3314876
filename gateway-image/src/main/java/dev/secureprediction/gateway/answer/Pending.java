package dev.secureprediction.gateway.answer;

import java.util.Arrays;

/** Bytes of a frame that is not complete yet, within a bound. */
final class Pending {
    private static final int BEGINNING = 1_024;

    private final int most;
    private byte[] bytes = {};
    private int size;

    /**
     * Room for one frame.
     *
     * @param most largest frame, in bytes
     */
    Pending(int most) {
        this.most = most;
    }

    void add(byte[] piece) throws UnreadableAnswerException {
        if ((long) size + piece.length > most) {
            throw new UnreadableAnswerException("FRAME_TOO_LARGE");
        }
        if (size + piece.length > bytes.length) {
            int wanted = Math.max(size + piece.length, Math.max(BEGINNING, (int) Math.min(most, bytes.length * 2L)));
            bytes = Arrays.copyOf(bytes, wanted);
        }
        System.arraycopy(piece, 0, bytes, size, piece.length);
        size += piece.length;
    }

    byte at(int index) {
        return bytes[index];
    }

    int size() {
        return size;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Forgets what was before. */
    void drop(int before) {
        System.arraycopy(bytes, before, bytes, 0, size - before);
        size -= before;
        if (size == 0) {
            bytes = new byte[0]; // a stream that pauses holds nothing
        }
    }
}
