package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import java.util.ArrayDeque;
import java.util.Deque;

/** A text that goes on from frame to frame; keeps of it what a match may still need. */
final class Channel {
    private static final int LONGEST = 64 * 1024;
    private static final int CONTEXT = 2;

    private final StringBuilder text = new StringBuilder();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long base;
    private long cleared;
    private long maskedUntil;
    private int fresh;

    Piece append(Delta delta, boolean name) {
        String more = delta.text().text();
        Piece piece = new Piece(this, delta, name, base + text.length());
        text.append(more);
        fresh = more.length();
        pieces.add(piece);
        return piece;
    }

    /** What is kept of the text. */
    String text() {
        return text.toString();
    }

    /** Whether text came before what is kept. */
    boolean hasBegun() {
        return base > 0;
    }

    /** Index up to which nothing can be found any more. */
    long cleared() {
        return cleared;
    }

    /** Whether a finding touches a member's name. */
    boolean isNamed(Finding finding) {
        return pieces.stream()
                .anyMatch(piece -> piece.isName() && piece.overlaps(base + finding.from(), base + finding.to()));
    }

    /** Replaces a finding in the frames that hold it; false: it was replaced before. */
    boolean mask(Finding finding) {
        long start = Math.max(base + finding.from(), maskedUntil);
        long end = base + finding.to();
        if (start >= end) {
            return false;
        }
        boolean grown = start > base + finding.from();
        for (Piece piece : pieces) {
            if (piece.overlaps(start, end)) {
                piece.mask(start, end, grown ? "" : finding.label());
            }
        }
        maskedUntil = end;
        return true;
    }

    /** All but as many code points as a match may have. */
    void clear(int holdBack) {
        int keep = text.length();
        int tail = holdBack;
        while (keep > 0 && tail > 0) {
            keep = text.offsetByCodePoints(keep, -Math.min(tail, text.codePointCount(0, keep)));
            // characters that are not seen do not count
            tail = keep == 0 ? 0 : holdBack - NormalText.length(text.substring(keep));
        }
        cleared = Math.max(cleared, base + keep);
        forget(keep);
    }

    private void forget(int keep) {
        int from = Math.max(0, keep - CONTEXT);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from--;
        }
        text.delete(0, from);
        base += from;
        while (!pieces.isEmpty() && pieces.getFirst().to() <= Math.min(cleared, base)) {
            pieces.remove();
        }
    }

    void clearAll() {
        cleared = base + text.length();
    }

    /** Whether so much text without an end had to be kept that it is no text. */
    boolean isTooLong() {
        return text.length() - fresh > LONGEST;
    }
}
