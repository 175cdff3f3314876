package dev.secureprediction.gateway.surface.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks over objects and arrays in which nobody looks for anything, several times as fast as by tokens: large bodies are made of them.
 * It only ever takes what is plain, and leaves all else, what is not valid included, to the parser behind it: what it takes, the
 * parser takes as well, with the same end (a test compares the two). Plain is JSON (RFC 8259) in ASCII whose names have no escapes,
 * do not repeat and mark neither bytes nor files, and whose strings cannot name a file in storage. Not for several threads.
 */
final class PlainJson {
    private static final int NOT_PLAIN = -1;
    private static final int MAX_NAME = 256;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_NAMES = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';

    private final byte[] bytes;
    private final int[] nameStarts = new int[MAX_NAMES];
    private final int[] nameEnds = new int[MAX_NAMES];
    private int names;

    PlainJson(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Looks for the end of an object or array.
     *
     * @param open index of its bracket
     * @param room how many levels may be in it
     * @return index of its closing bracket; negative where something is not plain
     */
    int closing(int open, int room) {
        names = 0;
        int end = bytes[open] == '{' ? object(open + 1, room) : array(open + 1, room);
        return end < 0 ? NOT_PLAIN : end - 1;
    }

    /** Like all below: begins at an index, and returns the one behind what it has read, or {@link #NOT_PLAIN}. */
    private int value(int at, int room) {
        return switch (at(at)) {
            case '"' -> text(at + 1);
            case '{' -> room == 0 ? NOT_PLAIN : object(at + 1, room - 1);
            case '[' -> room == 0 ? NOT_PLAIN : array(at + 1, room - 1);
            case 't' -> at(at + 1) == 'r' && at(at + 2) == 'u' && at(at + 3) == 'e' ? at + 4 : NOT_PLAIN;
            case 'n' -> at(at + 1) == 'u' && at(at + 2) == 'l' && at(at + 3) == 'l' ? at + 4 : NOT_PLAIN;
            case 'f' ->
                at(at + 1) == 'a' && at(at + 2) == 'l' && at(at + 3) == 's' && at(at + 4) == 'e' ? at + 5 : NOT_PLAIN;
            default -> number(at);
        };
    }

    private int object(int from, int room) {
        int first = names;
        int at = blanks(from);
        if (at(at) == '}') {
            return at + 1;
        }
        while (at(at) == '"') {
            int end = string(at + 1);
            if (end < 0 || !take(at + 1, end - 1, first)) {
                return NOT_PLAIN;
            }
            at = blanks(end);
            if (at(at) != ':') {
                return NOT_PLAIN;
            }
            at = value(blanks(at + 1), room);
            if (at < 0) {
                return NOT_PLAIN;
            }
            at = blanks(at);
            if (at(at) == '}') {
                names = first;
                return at + 1;
            }
            if (at(at) != ',') {
                return NOT_PLAIN;
            }
            at = blanks(at + 1);
        }
        return NOT_PLAIN;
    }

    private int array(int from, int room) {
        int at = blanks(from);
        if (at(at) == ']') {
            return at + 1;
        }
        while (true) {
            at = value(at, room);
            if (at < 0) {
                return NOT_PLAIN;
            }
            at = blanks(at);
            if (at(at) == ']') {
                return at + 1;
            }
            if (at(at) != ',') {
                return NOT_PLAIN;
            }
            at = blanks(at + 1);
        }
    }

    /** Notes a name; not where it is the object's second of that kind, or may say what its value is. */
    private boolean take(int start, int end, int first) {
        if (end - start > MAX_NAME || names == MAX_NAMES || isMark(start, end)) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                return false;
            }
        }
        for (int i = first; i < names; i++) {
            if (nameEnds[i] - nameStarts[i] == end - start
                    && Arrays.equals(bytes, nameStarts[i], nameEnds[i], bytes, start, end)) {
                return false;
            }
        }
        nameStarts[names] = start;
        nameEnds[names++] = end;
        return true;
    }

    /** Wider than what {@link Parts} looks for: names of bytes in base64, and all that end in uri. */
    private boolean isMark(int start, int end) {
        if (end - start < 3) {
            return false;
        }
        return (bytes[end - 2] == 'r' && bytes[end - 1] == 'i')
                || (bytes[start] == 'b' && (bytes[start + 1] == '6' || bytes[start + 1] == 'y'));
    }

    /** A value: one that may be gs:// behind blanks or escapes is not plain. */
    private int text(int from) {
        int at = from;
        while (at(at) == ' ') {
            at++;
        }
        return at(at) == 'g' || at(at) == 'G' || at(at) == '\\' ? NOT_PLAIN : string(at);
    }

    /** From behind the first quote to behind the last. */
    private int string(int from) {
        int at = from;
        while (at >= 0) {
            while (at + Long.BYTES <= bytes.length) {
                long stops = stops((long) LONGS.get(bytes, at));
                if (stops != 0) {
                    at += Long.numberOfTrailingZeros(stops) >>> 3;
                    break;
                }
                at += Long.BYTES;
            }
            int next = at(at);
            if (next == '"') {
                return at + 1;
            }
            if (next < ' ') { // also what is not ASCII, and the end
                return NOT_PLAIN;
            }
            at = next == '\\' ? escape(at + 1) : at + 1;
        }
        return NOT_PLAIN;
    }

    /** High bits of the bytes that are quotes, backslashes, control characters or not ASCII; exact for the lowest of them. */
    private static long stops(long eight) {
        long quotes = eight ^ QUOTES;
        long backslashes = eight ^ BACKSLASHES;
        long control = (eight - BLANKS) & ~eight;
        return (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | control | eight) & HIGH_BITS;
    }

    private int escape(int at) {
        return switch (at(at)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> isHex(at + 1) && isHex(at + 2) && isHex(at + 3) && isHex(at + 4) ? at + 5 : NOT_PLAIN;
            default -> NOT_PLAIN;
        };
    }

    private boolean isHex(int at) {
        int digit = at(at);
        return isDigit(at) || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
    }

    private int number(int from) {
        int at = at(from) == '-' ? from + 1 : from;
        int digits = digits(at);
        if (digits == at || (at(at) == '0' && digits > at + 1)) {
            return NOT_PLAIN;
        }
        at = digits;
        if (at(at) == '.') {
            digits = digits(at + 1);
            if (digits == at + 1) {
                return NOT_PLAIN;
            }
            at = digits;
        }
        if (at(at) == 'e' || at(at) == 'E') {
            at += at(at + 1) == '+' || at(at + 1) == '-' ? 2 : 1;
            digits = digits(at);
            if (digits == at) {
                return NOT_PLAIN;
            }
            at = digits;
        }
        return at - from > MAX_NUMBER ? NOT_PLAIN : at;
    }

    private int digits(int from) {
        int at = from;
        while (isDigit(at)) {
            at++;
        }
        return at;
    }

    private boolean isDigit(int at) {
        int digit = at(at);
        return digit >= '0' && digit <= '9';
    }

    private int blanks(int from) {
        int at = from;
        while (true) {
            int next = at(at);
            if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
                return at;
            }
            at++;
        }
    }

    /** The byte there; 0, which no JSON has, behind the end. */
    private int at(int at) {
        return at < bytes.length ? bytes[at] : 0;
    }
}
