package dev.secureprediction.gateway.server;

import io.netty.buffer.ByteBuf;

/**
 * Reads the head of one request byte by byte, as strictly as RFC 9112 allows: lines end with CRLF (section 2.2), the
 * request line has two single spaces and HTTP/1.0 or 1.1 at its end (section 3), names of fields are tokens with their
 * colon right behind them (section 5.1), nothing is folded (section 5.2), no control characters.
 */
final class HeadScanner {
    private static final long HTTP_1_0 = packed("HTTP/1.0");
    private static final long HTTP_1_1 = packed("HTTP/1.1");
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /** What is known after a byte. */
    enum Verdict {
        MORE,
        COMPLETE,
        BAD
    }

    private boolean inFields;
    private boolean inName;
    private int lineLength;
    private int spaces;
    private int previous;

    /** The last eight bytes of the request line, where the version stands. */
    private long version;

    private boolean otherVersion;
    private boolean complete;

    /** Whether its end is still to come; after the last line nothing is. */
    boolean isUnfinished() {
        return !complete;
    }

    /** Whether what made the head bad is nothing but an HTTP version that is not served here (RFC 9110, section 15.6.6). */
    boolean wantsOtherVersion() {
        return otherVersion;
    }

    /**
     * Takes what goes on within a value, which is most of a head, in one go.
     *
     * @return where the next byte stands that is to be taken by itself
     */
    int passValue(ByteBuf bytes, int from) {
        if (!inFields || inName || previous == '\r') {
            return from;
        }
        int stop = bytes.forEachByte(from, bytes.writerIndex() - from, b -> !isControl(b) && b != '\r' && b != '\n');
        int end = stop < 0 ? bytes.writerIndex() : stop;
        if (end > from) {
            previous = bytes.getByte(end - 1);
            lineLength += end - from;
        }
        return end;
    }

    /** Takes the next byte. */
    Verdict next(byte b) {
        int before = previous;
        previous = b;
        if (isControl(b) || (b == '\n') != (before == '\r')) {
            return Verdict.BAD;
        }
        if (b == '\n') {
            return endOfLine();
        }
        if (b == '\r') {
            return Verdict.MORE;
        }
        if (inFields ? !fitsField(b) : !fitsRequestLine(b, before)) {
            return Verdict.BAD;
        }
        lineLength++;
        return Verdict.MORE;
    }

    /** RFC 9110, section 5.5; a line's end is looked at by itself. */
    private static boolean isControl(byte b) {
        return (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') || b == 0x7f;
    }

    private boolean fitsField(byte b) {
        if (inName && b == ':') {
            inName = false;
            return lineLength > 0;
        }
        return !inName || isToken(b);
    }

    private static boolean isToken(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || TOKEN_MARKS.indexOf(b) >= 0;
    }

    private boolean fitsRequestLine(byte b, int before) {
        version = (version << 8) | (b & 0xff);
        if (b == ' ') {
            spaces++;
            return lineLength > 0 && before != ' ' && spaces <= 2;
        }
        return b != '\t';
    }

    private Verdict endOfLine() {
        boolean empty = lineLength == 0;
        boolean named = !inName;
        lineLength = 0;
        inName = true;
        if (inFields) {
            complete = empty;
            return empty ? Verdict.COMPLETE : named ? Verdict.MORE : Verdict.BAD;
        }
        // an empty line before the request line may be skipped (section 2.2)
        inFields = !empty;
        boolean sound = spaces == 2 && (version == HTTP_1_1 || version == HTTP_1_0);
        otherVersion = spaces == 2 && !sound && isVersion(version);
        return empty || sound ? Verdict.MORE : Verdict.BAD;
    }

    /** {@code HTTP/} and two digits with a dot between them (RFC 9112, section 2.3). */
    private static boolean isVersion(long bytes) {
        return (bytes >> 24) == (HTTP_1_1 >> 24)
                && isDigit((int) (bytes >> 16) & 0xff)
                && ((bytes >> 8) & 0xff) == '.'
                && isDigit((int) bytes & 0xff);
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private static long packed(String text) {
        long packed = 0;
        for (int i = 0; i < text.length(); i++) {
            packed = (packed << 8) | text.charAt(i);
        }
        return packed;
    }
}
