package dev.secureprediction.gateway.surface.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are UTF-8 as RFC 3629 has it. Jackson decodes overlong forms and encoded surrogates as well, which the model's
 * side reads as something else: a name could be one thing here and another there.
 */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** Whether all of it is; ASCII, which most bodies are, costs next to nothing. */
    public static boolean isValid(byte[] bytes) {
        int ascii = ascii(bytes);
        if (ascii == bytes.length) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, ascii, bytes.length - ascii));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** How many bytes at the beginning are ASCII, rounded down where others follow. */
    private static int ascii(byte[] bytes) {
        int at = 0;
        while (at + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Whether half of a surrogate pair stands in it by itself, which is no character and has no UTF-8. */
    public static boolean hasLoneSurrogate(String text) {
        boolean high = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (Character.isLowSurrogate(next) != high) {
                return true;
            }
            high = Character.isHighSurrogate(next);
        }
        return high;
    }
}
