package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One text of one frame, as a stretch of its channel. */
final class Piece {
    private final Channel channel;
    private final Delta delta;
    private final boolean name;
    private final long from;
    private final List<Finding> masks = new ArrayList<>(0);

    /**
     * A stretch.
     *
     * @param name whether it is the name of a member
     * @param from index of its first char in the channel
     */
    Piece(Channel channel, Delta delta, boolean name, long from) {
        this.channel = channel;
        this.delta = delta;
        this.name = name;
        this.from = from;
    }

    Delta delta() {
        return delta;
    }

    boolean isName() {
        return name;
    }

    /** Index behind its last char in the channel. */
    long to() {
        return from + delta.text().text().length();
    }

    boolean overlaps(long start, long end) {
        return from < end && start < to();
    }

    /** Nothing that will be found can begin in it. */
    boolean isCleared() {
        return channel.cleared() >= to();
    }

    /** Takes its share of something that goes from start to end in the channel; the label stands where that begins. */
    void mask(long start, long end, String label) {
        int here = (int) Math.max(0, start - from);
        int there = (int) (Math.min(end, to()) - from);
        masks.add(new Finding(here, there, start >= from ? label : ""));
    }

    boolean isMasked() {
        return !masks.isEmpty();
    }

    String masked() {
        masks.sort(Comparator.comparingInt(Finding::from));
        return Literal.masked(delta.text().text(), masks);
    }
}
