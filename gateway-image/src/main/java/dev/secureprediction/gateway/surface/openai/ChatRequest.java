package dev.secureprediction.gateway.surface.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
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

/** One chat while it is read. */
final class ChatRequest {
    private final List<ToolUse> tools = new ArrayList<>();
    private List<Part> parts = List.of();
    private Optional<String> model = Optional.empty();
    private OptionalLong maxTokens = OptionalLong.empty();
    private OptionalLong candidates = OptionalLong.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
    private Optional<Boolean> stream = Optional.empty();
    private Optional<String> cachedContent = Optional.empty();
    private Optional<String> safetySettings = Optional.empty();
    private Optional<String> logprobs = Optional.empty();
    private boolean messages;
    private boolean capped;

    void read(BodyReader in) throws IOException, RefusedException {
        Parts found = Parts.known(in);
        parts = found.list();
        ChatMessages turns = new ChatMessages(in, found);
        in.object(name -> member(name, in, found, turns));
        if (!messages) {
            throw BodyReader.invalid("/messages", "must be an array with at least one item");
        }
        if (model.isEmpty()) {
            throw BodyReader.invalid("/model", "must be the name of a model");
        }
    }

    private void member(String name, BodyReader in, Parts found, ChatMessages turns)
            throws IOException, RefusedException {
        switch (name) {
            case "model" -> model = Optional.of(in.string());
            case "messages" -> {
                if (in.token() != JsonToken.START_ARRAY) {
                    throw in.invalid("must be an array with at least one item");
                }
                in.array(index -> {
                    messages = true;
                    turns.message();
                });
            }
            case "max_tokens", "max_completion_tokens" -> cap(in);
            case "n", "best_of" -> candidates(in);
            case "logprobs" -> logprobs = in.isWanted() ? Optional.of(in.pointer()) : logprobs;
            case "temperature" -> temperature = in.decimal();
            case "stream" -> stream = in.isNull() ? Optional.empty() : Optional.of(in.bool());
            case "tools" -> tools(found);
            case "functions" -> tool(in, found, "functions");
            case "web_search_options" -> tool(in, found, "googleSearch");
            case "google" -> google(in, found);
            case "extra_body" -> extra(in, found);
            default -> found.unknown(Speaker.Data);
        }
    }

    /** `best_of` of some containers makes so many, whatever `n` goes back. */
    private void candidates(BodyReader in) throws IOException, RefusedException {
        OptionalLong count = in.positive();
        candidates = count.isPresent() && count.getAsLong() > candidates.orElse(0) ? count : candidates;
    }

    private void cap(BodyReader in) throws IOException, RefusedException {
        if (capped) {
            throw in.invalid("one of max_tokens and max_completion_tokens is enough; leave this out");
        }
        capped = true;
        maxTokens = in.positive();
    }

    private void tool(BodyReader in, Parts found, String kind) throws IOException, RefusedException {
        if (!in.isNull()) {
            tools.add(new ToolUse(in.pointer(), kind));
        }
        found.everyString(Speaker.System);
    }

    private void tools(Parts found) throws IOException, RefusedException {
        found.typedTools(
                "function",
                (pointer, type) -> tools.add(new ToolUse(pointer, type.equals("function") ? "functions" : type)));
    }

    private void extra(BodyReader in, Parts found) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(Speaker.Data);
            return;
        }
        in.object(name -> {
            if (name.equals("google")) {
                google(in, found);
            } else {
                found.everyString(Speaker.Data);
            }
        });
    }

    /** What Google added to the form; in either spelling, as its other messages. */
    private void google(BodyReader in, Parts found) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(Speaker.Data);
            return;
        }
        in.message(name -> {
            boolean some = found.anything(Speaker.Data);
            switch (name) {
                case "cachedContent" -> cachedContent = some ? Optional.of(in.pointer()) : cachedContent;
                case "safetySettings" -> safetySettings = some ? Optional.of(in.pointer()) : safetySettings;
                default -> {
                    // what it may be is not known; it is screened as text
                }
            }
        });
    }

    Content content() {
        Generation generation = new Generation(
                maxTokens, candidates.orElse(1), temperature, cachedContent, safetySettings, stream, logprobs);
        return new Content(model, parts, tools, generation, Optional.empty());
    }
}
