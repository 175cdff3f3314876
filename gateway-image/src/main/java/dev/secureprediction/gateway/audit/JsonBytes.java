package dev.secureprediction.gateway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes of JSON that grow; kept and emptied rather than made anew for each record. For one thread. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Takes back what was written behind this length. */
    void cutTo(int lengthBefore) {
        length = lengthBefore;
    }

    /** Gives memory back that one large record took. */
    void shrinkTo(int capacity) {
        if (bytes.length > capacity) {
            bytes = new byte[capacity];
            length = 0;
        }
    }

    void ascii(char character) {
        room(1);
        bytes[length++] = (byte) character;
    }

    void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void copy(JsonBytes other, int from, int to) {
        room(to - from);
        System.arraycopy(other.bytes, from, bytes, length, to - from);
        length += to - from;
    }

    /** A string literal as RFC 8785 writes it; a lone surrogate, which is no character, becomes U+FFFD. */
    void string(String text) {
        ascii('"');
        characters(text, 0, text.length());
        ascii('"');
    }

    /** Characters of a string literal, without its quotes. */
    void characters(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char next = text.charAt(i);
            room(6);
            if (next >= 0x80) {
                if (Character.isHighSurrogate(next) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))) {
                    utf8(Character.toCodePoint(next, text.charAt(++i)));
                } else {
                    utf8(Character.isSurrogate(next) ? 0xfffd : next);
                }
            } else if (next >= ' ' && next != '"' && next != '\\') {
                bytes[length++] = (byte) next;
            } else {
                escape(next);
            }
        }
    }

    private void escape(char character) {
        bytes[length++] = '\\';
        int letter = switch (character) {
            case '"', '\\' -> character;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 'u';
        };
        bytes[length++] = (byte) letter;
        if (letter == 'u') {
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[character >> 4];
            bytes[length++] = HEX[character & 15];
        }
    }

    private void utf8(int point) {
        if (point < 0x800) {
            bytes[length++] = (byte) (0xc0 | (point >> 6));
        } else if (point < 0x10000) {
            bytes[length++] = (byte) (0xe0 | (point >> 12));
            bytes[length++] = continuation(point >> 6);
        } else {
            bytes[length++] = (byte) (0xf0 | (point >> 18));
            bytes[length++] = continuation(point >> 12);
            bytes[length++] = continuation(point >> 6);
        }
        bytes[length++] = continuation(point);
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    void digestInto(MessageDigest digest) {
        digest.update(bytes, 0, length);
    }

    /** What is there, not copied: valid until the next change. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
