package dev.secureprediction.gateway.surface.gemini;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import java.io.IOException;
import java.util.Optional;

/** Reads turns of a conversation: `Content` and its `Part`s. */
final class GeminiContents {
    private final BodyReader in;
    private final Parts found;

    GeminiContents(BodyReader in, Parts found) {
        this.in = in;
        this.found = found;
    }

    /** The current value is a turn; its role may say that it is another's than expected. */
    void content(Speaker expected) throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        if (in.token() == JsonToken.VALUE_STRING) {
            found.text(expected); // not Google's form; its API says so
            return;
        }
        int first = found.count();
        boolean[] byModel = {false};
        in.message(name -> {
            switch (name) {
                case "role" -> byModel[0] = !in.isNull() && in.string().equals("model");
                case "parts" -> parts(expected);
                default -> found.unknown(expected);
            }
        });
        if (byModel[0] && expected == Speaker.User) {
            found.reassign(first, Speaker.User, Speaker.Model);
        }
    }

    /** One part stands for a list of one in Google's JSON. */
    private void parts(Speaker speaker) throws IOException, RefusedException {
        if (in.token() == JsonToken.START_ARRAY) {
            in.array(index -> part(speaker));
        } else {
            part(speaker);
        }
    }

    private void part(Speaker speaker) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(speaker);
            return;
        }
        int first = found.count();
        boolean[] thought = {false};
        in.message(name -> {
            switch (name) {
                case "thought" -> thought[0] = !in.isNull() && in.bool();
                case "inlineData" -> blob();
                case "fileData" -> file();
                case "functionCall", "executableCode" -> found.everyString(Speaker.ToolArguments);
                case "functionResponse" -> functionResponse();
                case "codeExecutionResult" -> found.everyString(Speaker.ToolResult);
                case "text" -> found.everyString(speaker);
                default -> found.unknown(speaker);
            }
        });
        if (thought[0]) {
            found.reassign(first, speaker, Speaker.Thought);
        }
    }

    /** A tool may answer with files and bytes as well. */
    private void functionResponse() throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(Speaker.ToolResult);
            return;
        }
        in.message(name -> {
            if (name.equals("parts")) {
                parts(Speaker.ToolResult);
            } else {
                found.everyString(Speaker.ToolResult);
            }
        });
    }

    private void blob() throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        Blob blob = new Blob();
        in.message(name -> {
            switch (name) {
                case "mimeType" -> blob.mimeType = in.isNull() ? "" : in.string();
                case "data" -> {
                    in.string();
                    blob.pointer = in.pointer();
                    blob.span = Optional.of(in.span());
                }
                default -> found.everyString(Speaker.Data);
            }
        });
        blob.span.ifPresent(span -> found.inline(blob.pointer, span, blob.mimeType));
    }

    private void file() throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        Blob file = new Blob();
        in.message(name -> {
            switch (name) {
                case "mimeType" -> file.mimeType = in.isNull() ? "" : in.string();
                case "fileUri" -> {
                    file.uri = Optional.of(in.string());
                    file.pointer = in.pointer();
                }
                default -> found.everyString(Speaker.Data);
            }
        });
        file.uri.ifPresent(uri -> found.file(file.pointer, uri, file.mimeType));
    }

    /** Its type may stand before or behind it. */
    private static final class Blob {
        private String mimeType = "";
        private String pointer = "";
        private Optional<Span> span = Optional.empty();
        private Optional<String> uri = Optional.empty();
    }
}
