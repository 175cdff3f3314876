package dev.secureprediction.gateway.guardrail;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.json.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** JSON string literals and their replacement; all other bytes of a body stay as they are. */
final class Literal {
    private Literal() {}

    /** The edit that makes a literal say this. */
    static Edit saying(String text, Span span) {
        byte[] inner = Utf8.hasLoneSurrogate(text)
                ? escaped(text)
                : JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] literal = new byte[inner.length + 2];
        literal[0] = '"';
        System.arraycopy(inner, 0, literal, 1, inner.length);
        literal[literal.length - 1] = '"';
        return new Edit(span, literal);
    }

    /** A character may be cut in two by the end of a frame; its half goes on as the escape that it was. */
    private static byte[] escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (char next : JsonStringEncoder.getInstance().quoteAsString(text)) {
            if (Character.isSurrogate(next)) {
                escaped.append("\\u").append(HexFormat.of().toHexDigits(next));
            } else {
                escaped.append(next);
            }
        }
        return escaped.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the literal is the name of a member: changing it could make a name twice. */
    static boolean isName(byte[] body, Span span) {
        int at = span.to();
        while (at < body.length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
        return at < body.length && body[at] == ':';
    }

    /** The text with every finding replaced. */
    static String masked(String text, List<Finding> findings) {
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        for (Finding finding : findings) {
            masked.append(text, at, finding.from()).append(finding.label());
            at = finding.to();
        }
        return masked.append(text, at, text.length()).toString();
    }

    /** The body with these edits, which do not overlap. */
    static byte[] edited(byte[] body, List<Edit> edits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        int at = 0;
        for (Edit edit : edits.stream()
                .sorted(Comparator.comparingInt(edit -> edit.span().from()))
                .toList()) {
            out.write(body, at, edit.span().from() - at);
            out.writeBytes(edit.replacement());
            at = edit.span().to();
        }
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }
}
