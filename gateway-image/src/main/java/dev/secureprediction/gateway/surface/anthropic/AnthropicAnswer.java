package dev.secureprediction.gateway.surface.anthropic;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import dev.secureprediction.gateway.surface.AnswerFrame.End;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import dev.secureprediction.gateway.usage.TokensUsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A message, or one event of a streamed one, while it is read. */
final class AnthropicAnswer {
    private final List<Delta> deltas = new ArrayList<>();
    private final List<Part> media = new ArrayList<>();
    private boolean tools;
    private Optional<TokensUsed> usage = Optional.empty();
    private End end;

    AnthropicAnswer(Operation operation) {
        end = operation == Operation.COUNT_MESSAGE_TOKENS ? End.COMPLETE : End.OPEN;
    }

    AnswerFrame read(byte[] frame) {
        try {
            BodyReader.read(frame, in -> in.object(name -> member(name, in)));
        } catch (RefusedException e) {
            end = End.ERROR;
        }
        return new AnswerFrame(deltas, media, tools, usage, end);
    }

    /** Events wrap what a whole message has at its top. */
    private void member(String name, BodyReader in) throws IOException, RefusedException {
        switch (name) {
            case "error" -> {
                end = End.ERROR;
                in.skip();
            }
            case "message" -> {
                if (in.token() == JsonToken.START_OBJECT) {
                    in.object(inner -> member(inner, in));
                }
            }
            case "content" -> {
                if (in.token() == JsonToken.START_ARRAY) {
                    in.array(index -> block(in));
                } else {
                    in.skip();
                }
            }
            case "content_block" -> block(in);
            case "delta" -> delta(in);
            case "stop_reason" -> stopped(in);
            case "usage" -> usage = usage(in);
            default -> in.skip();
        }
    }

    private void block(BodyReader in) throws IOException, RefusedException {
        Parts found = Parts.ofAnswer(in);
        in.object(name -> {
            switch (name) {
                case "type" -> {
                    tools |= in.string().endsWith("tool_use");
                    in.skip();
                }
                case "input" -> found.everyString(Speaker.ToolArguments);
                case "thinking" -> found.everyString(Speaker.Thought);
                case "signature", "id" -> in.skip();
                // a result may be an image or a document, with its source
                default -> found.unknown(Speaker.Model);
            }
        });
        deltas.addAll(found.deltas(0));
        media.addAll(found.media());
    }

    private void delta(BodyReader in) throws IOException, RefusedException {
        Parts found = Parts.ofAnswer(in);
        in.object(name -> {
            switch (name) {
                case "partial_json" -> {
                    tools = true;
                    found.everyString(Speaker.ToolArguments);
                }
                case "thinking" -> found.everyString(Speaker.Thought);
                case "stop_reason" -> stopped(in);
                case "type", "signature", "stop_sequence" -> in.skip();
                default -> found.unknown(Speaker.Model);
            }
        });
        deltas.addAll(found.deltas(0));
        media.addAll(found.media());
    }

    private void stopped(BodyReader in) throws IOException, RefusedException {
        if (in.isNull() || end == End.ERROR) {
            return;
        }
        end = switch (in.string()) {
            case "end_turn", "stop_sequence", "tool_use" -> End.COMPLETE;
            default -> End.PARTIAL;
        };
    }

    private static Optional<TokensUsed> usage(BodyReader in) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            in.skip();
            return Optional.empty();
        }
        long[] input = {0};
        boolean[] counted = {false};
        OptionalLong[] output = {OptionalLong.empty()};
        in.object(name -> {
            switch (name) {
                case "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens" -> {
                    OptionalLong count = in.integer();
                    counted[0] |= count.isPresent();
                    input[0] += count.orElse(0);
                }
                case "output_tokens" -> output[0] = in.integer();
                default -> in.skip();
            }
        });
        OptionalLong prompt = counted[0] ? OptionalLong.of(input[0]) : OptionalLong.empty();
        OptionalLong total = prompt.isPresent() && output[0].isPresent()
                ? OptionalLong.of(input[0] + output[0].getAsLong())
                : OptionalLong.empty();
        return Optional.of(new TokensUsed(prompt, output[0], total));
    }
}
