package dev.secureprediction.gateway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A prompt cut so that each line stays below the 256 KiB that Cloud Logging takes for one entry; base64 where it is no text.
 */
final class PromptParts {
    /** No prompt. */
    static final PromptParts NONE = new PromptParts(List.of(), false);

    private static final int MAX_BYTES = 192 * 1024;

    private final List<String> parts;
    private final boolean base64;

    private PromptParts(List<String> parts, boolean base64) {
        this.parts = parts;
        this.base64 = base64;
    }

    static PromptParts of(byte[] prompt) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(prompt))
                    .toString();
            return new PromptParts(cut(text), false);
        } catch (CharacterCodingException e) {
            return new PromptParts(cut(Base64.getEncoder().encodeToString(prompt)), true);
        }
    }

    int count() {
        return parts.size();
    }

    /** Writes one part as the member `prompt`. */
    void write(CanonicalObject out, int part) {
        out.begin("prompt");
        if (base64) {
            out.text("encoding", "base64");
        }
        out.number("part", part + 1L)
                .number("parts", parts.size())
                .text("text", parts.get(part))
                .end();
    }

    /** At least one part; no character is cut in two. */
    private static List<String> cut(String text) {
        List<String> parts = new ArrayList<>(1);
        int begin = 0;
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            int more = length(text.charAt(i));
            boolean pair = i > begin && Character.isLowSurrogate(text.charAt(i));
            if (bytes + more > MAX_BYTES && !pair) {
                parts.add(text.substring(begin, i));
                begin = i;
                bytes = 0;
            }
            bytes += more;
        }
        parts.add(text.substring(begin));
        return parts;
    }

    /** Bytes that a character takes in a string literal, at most. */
    private static int length(char character) {
        if (character < ' ') {
            return 6;
        }
        return character >= 0x80 ? 3 : character == '"' || character == '\\' ? 2 : 1;
    }
}
