package dev.secureprediction.gateway.surface.anthropic;

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

/** One request while it is read. */
final class AnthropicRequest {
    private final List<ToolUse> tools = new ArrayList<>();
    private List<Part> parts = List.of();
    private Optional<String> model = Optional.empty();
    private OptionalLong maxTokens = OptionalLong.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
    private Optional<Boolean> stream = Optional.empty();
    private boolean messages;

    void read(BodyReader in) throws IOException, RefusedException {
        Parts found = Parts.known(in);
        parts = found.list();
        AnthropicBlocks blocks = new AnthropicBlocks(in, found);
        in.object(name -> member(name, in, found, blocks));
        if (!messages) {
            throw BodyReader.invalid("/messages", "must be an array with at least one item");
        }
    }

    private void member(String name, BodyReader in, Parts found, AnthropicBlocks blocks)
            throws IOException, RefusedException {
        switch (name) {
            case "messages" -> messages(in, found, blocks);
            case "system" -> blocks.content(Speaker.System);
            case "tools" -> tools(found);
            case "mcp_servers", "container" -> {
                if (!in.isNull()) {
                    tools.add(new ToolUse(in.pointer(), name));
                }
                found.everyString(Speaker.System);
            }
            case "model" -> model = Optional.of(in.string());
            case "max_tokens" -> maxTokens = in.positive();
            case "temperature" -> temperature = in.decimal();
            case "stream" -> stream = in.isNull() ? Optional.empty() : Optional.of(in.bool());
            case "anthropic_version", "anthropic_beta" -> in.skip();
            default -> found.unknown(Speaker.Data);
        }
    }

    private void messages(BodyReader in, Parts found, AnthropicBlocks blocks) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_ARRAY) {
            throw in.invalid("must be an array with at least one item");
        }
        in.array(index -> {
            messages = true;
            int first = found.count();
            boolean[] byModel = {false};
            in.object(name -> {
                switch (name) {
                    case "role" -> byModel[0] = in.string().equals("assistant");
                    case "content" -> blocks.content(Speaker.User);
                    default -> found.everyString(Speaker.User);
                }
            });
            if (byModel[0]) {
                found.reassign(first, Speaker.User, Speaker.Model);
            }
        });
    }

    /** Tools of the caller have no type, or `custom`; those of the model's side are typed, with the date of their form. */
    private void tools(Parts found) throws IOException, RefusedException {
        found.typedTools("custom", (pointer, type) -> {
            String kind = type.replaceFirst("_[0-9]{8}$", "");
            tools.add(new ToolUse(pointer, kind.equals("custom") ? "functions" : kind));
        });
    }

    Content content() {
        Generation generation =
                new Generation(maxTokens, 1, temperature, Optional.empty(), Optional.empty(), stream, Optional.empty());
        return new Content(model, parts, tools, generation, Optional.empty());
    }
}
