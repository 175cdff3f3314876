package dev.secureprediction.gateway.answer;

import dev.secureprediction.gateway.text.CharacterSet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Server-sent events (HTML standard, section 9.2): lines end with LF, CRLF or CR, events with an empty line. Data over
 * several lines is joined with blanks, which mean in JSON what line ends do. Nobody screens what stands outside of data, so
 * of that only plain names and ids go on, and comments as empty ones.
 */
final class EventSplitter implements FrameSplitter {
    private static final int BYTE_ORDER_MARK = 3;
    private static final int LONGEST_NAME = 64;
    private static final CharacterSet NAME = CharacterSet.ALPHANUMERIC.and("._-");
    private static final Set<String> FIELDS = Set.of("event", "id", "retry");

    private final Pending pending;
    private int scanned;
    private int lineStart;
    private boolean anyLine;
    private boolean first = true;

    /**
     * A splitter for one stream.
     *
     * @param most largest event, in bytes
     */
    EventSplitter(int most) {
        pending = new Pending(most);
    }

    @Override
    public void take(byte[] piece, Frames out) throws UnreadableAnswerException {
        pending.add(piece);
        while (scanned < pending.size()) {
            byte next = pending.at(scanned);
            if (next != '\n' && next != '\r') {
                scanned++;
                continue;
            }
            if (next == '\r' && scanned + 1 == pending.size() && !emptyLine()) {
                // the LF of a CRLF may still be on its way; this line's event goes no sooner for knowing
                return;
            }
            boolean empty = emptyLine();
            scanned += next == '\r' && scanned + 1 < pending.size() && pending.at(scanned + 1) == '\n' ? 2 : 1;
            lineStart = scanned;
            if (empty && anyLine) {
                dispatch(out);
            } else if (!empty) {
                anyLine = true;
            }
        }
    }

    private boolean emptyLine() {
        return scanned == lineStart;
    }

    /** What a stream that is cut off in an event leaves; some clients read it all the same. */
    @Override
    public void finish(Frames out) {
        scanned = pending.size();
        if (scanned > 0) {
            dispatch(out);
        }
    }

    @Override
    public int held() {
        return pending.size();
    }

    private void dispatch(Frames out) {
        byte[] event = pending.copy(0, scanned);
        pending.drop(scanned);
        scanned = 0;
        lineStart = 0;
        anyLine = false;
        int begin = first ? skipMark(event) : 0;
        first = false;
        Lines lines = new Lines(event, begin);
        lines.read();
        lines.send(out);
    }

    private static int skipMark(byte[] event) {
        boolean marked = event.length >= BYTE_ORDER_MARK
                && event[0] == (byte) 0xEF
                && event[1] == (byte) 0xBB
                && event[2] == (byte) 0xBF;
        return marked ? BYTE_ORDER_MARK : 0;
    }

    /** The lines of one event: what is data in them, and what stands around it. */
    private static final class Lines {
        private final byte[] event;
        private int at;
        private boolean anyData;
        private final ByteArrayOutputStream before = new ByteArrayOutputStream(0);
        private final ByteArrayOutputStream data = new ByteArrayOutputStream(0);
        private final ByteArrayOutputStream after = new ByteArrayOutputStream(0);

        Lines(byte[] event, int begin) {
            this.event = event;
            this.at = begin;
            before.write(event, 0, begin);
        }

        void read() {
            while (at < event.length) {
                int lineEnd = at;
                while (lineEnd < event.length && event[lineEnd] != '\n' && event[lineEnd] != '\r') {
                    lineEnd++;
                }
                int next = lineEnd;
                if (next < event.length) {
                    next += event[next] == '\r' && next + 1 < event.length && event[next + 1] == '\n' ? 2 : 1;
                }
                line(at, lineEnd, next);
                at = next;
            }
        }

        private void line(int from, int to, int next) {
            int value = dataValue(from, to);
            if (value < 0) {
                around(from, to, next, anyData ? after : before);
            } else if (anyData) {
                data.write(' ');
                data.write(event, value, to - value);
            } else {
                anyData = true;
                before.write(event, from, value - from);
                data.write(event, value, to - value);
                after.write(event, to, next - to);
            }
        }

        private void around(int from, int to, int next, ByteArrayOutputStream out) {
            boolean comment = from < to && event[from] == ':';
            if (from == to || comment) {
                out.write(event, from, comment ? 1 : 0);
                out.write(event, to, next - to);
            } else if (isPlain(new String(event, from, to - from, StandardCharsets.ISO_8859_1))) {
                out.write(event, from, next - from);
            }
        }

        private static boolean isPlain(String line) {
            int colon = line.indexOf(':');
            int value = line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
            return colon > 0
                    && FIELDS.contains(line.substring(0, colon))
                    && NAME.make(line.substring(value), 0, LONGEST_NAME);
        }

        /** Where the value of a `data` field begins; -1: another field, a comment, or nothing. */
        private int dataValue(int from, int to) {
            boolean named = to - from >= 4
                    && event[from] == 'd'
                    && event[from + 1] == 'a'
                    && event[from + 2] == 't'
                    && event[from + 3] == 'a';
            if (!named || (to - from > 4 && event[from + 4] != ':')) {
                return -1;
            }
            int value = Math.min(to, from + 5);
            return value < to && event[value] == ' ' ? value + 1 : value;
        }

        void send(Frames out) {
            out.frame(before.toByteArray(), data.toByteArray(), after.toByteArray());
        }
    }
}
