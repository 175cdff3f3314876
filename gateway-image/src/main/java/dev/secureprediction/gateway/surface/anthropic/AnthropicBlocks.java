package dev.secureprediction.gateway.surface.anthropic;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import java.io.IOException;
import java.util.Optional;

/** Reads content: a string, or blocks of several kinds. */
final class AnthropicBlocks {
    private final BodyReader in;
    private final Parts found;

    AnthropicBlocks(BodyReader in, Parts found) {
        this.in = in;
        this.found = found;
    }

    /** The current value is content of this speaker. */
    void content(Speaker speaker) throws IOException, RefusedException {
        if (in.token() == JsonToken.START_ARRAY) {
            in.array(index -> block(speaker));
        } else if (in.token() == JsonToken.START_OBJECT) {
            block(speaker);
        } else {
            found.everyString(speaker);
        }
    }

    private void block(Speaker speaker) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(speaker);
            return;
        }
        int first = found.count();
        boolean[] result = {false};
        in.object(name -> {
            switch (name) {
                case "type" -> {
                    // only its kind of block counts, which no model reads
                    result[0] =
                            in.token() == JsonToken.VALUE_STRING && in.string().endsWith("tool_result");
                    in.skip();
                }
                case "input" -> found.everyString(Speaker.ToolArguments);
                case "thinking" -> found.everyString(Speaker.Thought);
                case "source" -> source(speaker);
                case "content" -> content(speaker);
                case "signature" -> in.skip();
                case "file_id" -> {
                    if (!in.isNull()) {
                        found.file(in.string(), "");
                    }
                }
                case "text" -> found.everyString(speaker);
                default -> found.unknown(speaker);
            }
        });
        if (result[0]) {
            found.reassign(first, speaker, Speaker.ToolResult);
        }
    }

    /** Where an image or a document comes from: bytes, text, a URL or a file. */
    private void source(Speaker speaker) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(speaker);
            return;
        }
        Source source = new Source();
        in.object(name -> {
            switch (name) {
                case "type" -> source.type = in.string();
                case "media_type" -> source.mediaType = in.string();
                case "data" -> {
                    source.data = in.string();
                    source.pointer = in.pointer();
                    source.span = Optional.of(in.span());
                }
                case "url", "file_id" -> {
                    source.uri = Optional.of(in.string());
                    source.pointer = in.pointer();
                }
                case "content" -> content(speaker);
                default -> found.unknown(speaker);
            }
        });
        source.uri.ifPresent(uri -> found.file(source.pointer, uri, source.mediaType));
        source.span.ifPresent(span -> {
            if (source.type.equals("text")) {
                found.text(source.pointer, span, speaker, source.data);
            } else {
                found.inline(source.pointer, span, source.mediaType);
            }
        });
    }

    /** Its members may come in any order. */
    private static final class Source {
        private String type = "";
        private String mediaType = "";
        private String data = "";
        private String pointer = "";
        private Optional<Span> span = Optional.empty();
        private Optional<String> uri = Optional.empty();
    }
}
