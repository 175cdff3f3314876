package dev.secureprediction.gateway.answer;

/** A unary answer: its body is one frame. */
final class WholeBody implements FrameSplitter {
    private static final byte[] NO_BYTES = {};

    private final Pending pending;

    WholeBody(int most) {
        pending = new Pending(most);
    }

    @Override
    public void take(byte[] piece, Frames out) throws UnreadableAnswerException {
        pending.add(piece);
    }

    @Override
    public void finish(Frames out) {
        byte[] all = pending.copy(0, pending.size());
        pending.drop(pending.size());
        out.frame(NO_BYTES, all, NO_BYTES);
    }

    @Override
    public int held() {
        return pending.size();
    }
}
