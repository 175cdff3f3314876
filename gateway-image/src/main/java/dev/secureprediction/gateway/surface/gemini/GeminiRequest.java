package dev.secureprediction.gateway.surface.gemini;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.ToolUse;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One request while it is read. */
final class GeminiRequest {
    private final Operation operation;
    private final List<ToolUse> tools = new ArrayList<>();
    private List<Part> parts = List.of();
    private Optional<String> model = Optional.empty();
    private OptionalLong maxOutputTokens = OptionalLong.empty();
    private OptionalLong candidates = OptionalLong.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
    private Optional<String> cachedContent = Optional.empty();
    private Optional<String> safetySettings = Optional.empty();
    private Optional<String> logprobs = Optional.empty();
    private boolean contents;

    GeminiRequest(Operation operation) {
        this.operation = operation;
    }

    void read(BodyReader in) throws IOException, RefusedException {
        Parts found = Parts.known(in);
        GeminiContents turns = new GeminiContents(in, found);
        in.message(name -> member(name, in, found, turns));
        boolean needed = operation == Operation.GENERATE_CONTENT || operation == Operation.STREAM_GENERATE_CONTENT;
        if (needed && !contents) {
            throw BodyReader.invalid("/contents", "must be an array with at least one item");
        }
        parts = found.list();
    }

    private void member(String name, BodyReader in, Parts found, GeminiContents turns)
            throws IOException, RefusedException {
        switch (name) {
            case "contents" -> contents(in, turns);
            case "content" -> turns.content(Speaker.User);
            case "systemInstruction" -> turns.content(Speaker.System);
            case "tools" -> tools(in, found);
            case "generationConfig" -> generation(in, found);
            case "cachedContent" -> {
                if (!in.isNull()) {
                    cachedContent = Optional.of(in.pointer());
                }
                found.everyString(Speaker.Data);
            }
            case "safetySettings" -> {
                // some clients send an empty list, which changes nothing
                if (found.anything(Speaker.Data)) {
                    safetySettings = Optional.of(in.pointer());
                }
            }
            case "model" -> model = in.isNull() ? Optional.empty() : Optional.of(in.string());
            default -> found.unknown(Speaker.Data);
        }
    }

    private void contents(BodyReader in, GeminiContents turns) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_ARRAY) {
            throw in.invalid("must be an array with at least one item");
        }
        in.array(index -> {
            contents = true;
            turns.content(Speaker.User);
        });
    }

    private void tools(BodyReader in, Parts found) throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        in.array(index -> in.message(kind -> {
            if (!in.isNull()) {
                tools.add(new ToolUse(in.pointer(), kind.equals("functionDeclarations") ? "functions" : kind));
            }
            found.everyString(Speaker.System);
        }));
    }

    private void generation(BodyReader in, Parts found) throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        in.message(name -> {
            switch (name) {
                case "maxOutputTokens" -> maxOutputTokens = in.positive();
                case "candidateCount" -> candidates = in.positive();
                case "temperature" -> temperature = in.decimal();
                case "responseLogprobs" -> logprobs = in.isWanted() ? Optional.of(in.pointer()) : logprobs;
                default -> found.everyString(Speaker.Data);
            }
        });
    }

    Content content() {
        Generation generation = new Generation(
                maxOutputTokens,
                candidates.orElse(1),
                temperature,
                cachedContent,
                safetySettings,
                Optional.empty(),
                logprobs);
        return new Content(model, parts, tools, generation, Optional.empty());
    }
}
