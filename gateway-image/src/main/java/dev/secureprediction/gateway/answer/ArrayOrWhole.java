package dev.secureprediction.gateway.answer;

import org.jspecify.annotations.Nullable;

/** Looks at the first byte that is no blank: an array is cut into its elements, anything else is one frame. */
final class ArrayOrWhole implements FrameSplitter {
    private final int most;
    private final Pending blanks;
    private @Nullable FrameSplitter chosen;

    ArrayOrWhole(int most) {
        this.most = most;
        this.blanks = new Pending(most);
    }

    @Override
    public void take(byte[] piece, Frames out) throws UnreadableAnswerException {
        if (chosen != null) {
            chosen.take(piece, out);
            return;
        }
        blanks.add(piece);
        for (int i = 0; i < blanks.size(); i++) {
            byte next = blanks.at(i);
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                choose(next == '[' ? new ArraySplitter(most) : new WholeBody(most), out);
                return;
            }
        }
    }

    private void choose(FrameSplitter splitter, Frames out) throws UnreadableAnswerException {
        chosen = splitter;
        byte[] sofar = blanks.copy(0, blanks.size());
        blanks.drop(blanks.size());
        splitter.take(sofar, out);
    }

    @Override
    public void finish(Frames out) throws UnreadableAnswerException {
        if (chosen == null) {
            choose(new WholeBody(most), out);
        }
        if (chosen != null) {
            chosen.finish(out);
        }
    }

    @Override
    public int held() {
        return chosen == null ? blanks.size() : chosen.held();
    }
}
