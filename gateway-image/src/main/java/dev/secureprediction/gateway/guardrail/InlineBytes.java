package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.surface.Part;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Bytes that stand in a body as base64, with either alphabet. */
final class InlineBytes {
    private InlineBytes() {}

    /**
     * The literal's inside, in the standard alphabet; of a data URL (RFC 2397) what it holds. Escapes other than of the slash
     * are none of base64.
     */
    static String base64(Part.Inline inline, byte[] body) {
        int from = inline.span().from() + 1;
        String inside = new String(body, from, inline.span().to() - 1 - from, StandardCharsets.ISO_8859_1);
        return (inside.regionMatches(true, 0, "data:", 0, 5) ? inside.substring(inside.indexOf(',') + 1) : inside)
                .replace("\\/", "/")
                .replace('-', '+')
                .replace('_', '/');
    }

    /** The text, where the bytes are said to be text and are UTF-8; else nobody here can read them. */
    static Optional<String> text(Part.Inline inline, byte[] body) {
        String type = inline.mimeType().strip().toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/") && !type.startsWith("application/json")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64(inline, body));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
