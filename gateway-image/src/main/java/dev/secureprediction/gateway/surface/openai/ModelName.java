package dev.secureprediction.gateway.surface.openai;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the policy's model into a body; all other bytes stay as they are. */
final class ModelName {
    private ModelName() {}

    /** The body with this name, which needs no escapes. */
    static byte[] replaced(byte[] body, String name) {
        Span span = find(body);
        byte[] literal = ("\"" + name + "\"").getBytes(StandardCharsets.US_ASCII);
        byte[] replaced = new byte[body.length - (span.to() - span.from()) + literal.length];
        System.arraycopy(body, 0, replaced, 0, span.from());
        System.arraycopy(literal, 0, replaced, span.from(), literal.length);
        System.arraycopy(body, span.to(), replaced, span.from() + literal.length, body.length - span.to());
        return replaced;
    }

    private static Span find(byte[] body) {
        List<Span> found = new ArrayList<>(1);
        try {
            BodyReader.read(
                    body,
                    in -> in.object(name -> {
                        if (name.equals("model")) {
                            in.string();
                            found.add(in.span());
                        } else {
                            in.skip();
                        }
                    }));
        } catch (RefusedException e) {
            throw new IllegalStateException("the body was read before", e);
        }
        return found.getFirst();
    }
}
