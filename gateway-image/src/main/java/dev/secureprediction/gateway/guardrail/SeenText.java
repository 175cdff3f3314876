package dev.secureprediction.gateway.guardrail;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as it is seen, for what stands at a place in it: without characters that are not seen, in Unicode's compatibility form
 * (NFKC) character by character, with digits of every script, dashes and blanks as ASCII has them. Each character knows
 * where it stood.
 */
final class SeenText {
    private final String text;
    private final int[] starts;
    private final int[] ends;

    private SeenText(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    static SeenText of(String text) {
        return NormalText.isPlain(text) ? new SeenText(text, new int[0], new int[0]) : new Reading(text).read();
    }

    String text() {
        return text;
    }

    /** Index in the text as it was written, of a character here. */
    int start(int index) {
        return starts.length == 0 ? index : starts[index];
    }

    /** Index in the text as it was written, behind the character before this place. */
    int end(int index) {
        return ends.length == 0 ? index : ends[index - 1];
    }

    /** The first place here that stands at or behind one in the text as it was written. */
    int from(int written) {
        if (starts.length == 0) {
            return written;
        }
        int at = 0;
        while (at < text.length() && starts[at] < written) {
            at++;
        }
        return at;
    }

    private static final class Reading {
        private final String written;
        private final boolean normal;
        private final StringBuilder seen;
        private int[] starts;
        private int[] ends;

        Reading(String written) {
            this.written = written;
            this.normal = Normalizer.isNormalized(written, Normalizer.Form.NFKC);
            this.seen = new StringBuilder(written.length());
            this.starts = new int[written.length()];
            this.ends = new int[written.length()];
        }

        SeenText read() {
            for (int at = 0; at < written.length(); ) {
                int point = written.codePointAt(at);
                int next = at + Character.charCount(point);
                if (point < 0x80 || normal) {
                    add(point, at, next);
                } else {
                    String form = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
                    for (int i = 0; i < form.length(); i += Character.charCount(form.codePointAt(i))) {
                        add(form.codePointAt(i), at, next);
                    }
                }
                at = next;
            }
            return new SeenText(
                    seen.toString(), Arrays.copyOf(starts, seen.length()), Arrays.copyOf(ends, seen.length()));
        }

        private void add(int point, int start, int end) {
            if (NormalText.isIgnorable(point)) {
                return;
            }
            int before = seen.length();
            seen.appendCodePoint(ascii(point));
            if (seen.length() > starts.length) {
                starts = Arrays.copyOf(starts, seen.length() * 2);
                ends = Arrays.copyOf(ends, seen.length() * 2);
            }
            Arrays.fill(starts, before, seen.length(), start);
            Arrays.fill(ends, before, seen.length(), end);
        }

        private static int ascii(int point) {
            return point < 0x80
                    ? point
                    : switch (Character.getType(point)) {
                        case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(point, 10);
                        case Character.DASH_PUNCTUATION -> '-';
                        case Character.SPACE_SEPARATOR -> ' ';
                        default -> point;
                    };
        }
    }
}
