package dev.secureprediction.gateway.surface.openai;

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
import dev.secureprediction.gateway.surface.json.Usage;
import dev.secureprediction.gateway.usage.TokensUsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A completion, or one chunk of a streamed one, while it is read; embeddings have no text. */
final class ChatAnswer {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final List<Delta> deltas = new ArrayList<>();
    private final List<Part> media = new ArrayList<>();
    private boolean tools;
    private Optional<TokensUsed> usage = Optional.empty();
    private End end;

    ChatAnswer(Operation operation) {
        end = operation == Operation.EMBEDDINGS ? End.COMPLETE : End.OPEN;
    }

    AnswerFrame read(byte[] frame) {
        if (Arrays.equals(frame, DONE)) {
            return new AnswerFrame(List.of(), List.of(), false, Optional.empty(), End.OPEN);
        }
        try {
            BodyReader.read(frame, in -> in.object(name -> member(name, in)));
        } catch (RefusedException e) {
            end = End.ERROR;
        }
        return new AnswerFrame(deltas, media, tools, usage, end);
    }

    private void member(String name, BodyReader in) throws IOException, RefusedException {
        switch (name) {
            case "error" -> {
                end = in.isNull() ? end : End.ERROR;
                in.skip();
            }
            case "choices" -> in.array(index -> choice(in, index));
            case "usage" -> usage = usage(in);
            default -> in.skip();
        }
    }

    private void choice(BodyReader in, int position) throws IOException, RefusedException {
        Parts found = Parts.ofAnswer(in);
        int[] index = {position};
        in.object(name -> {
            switch (name) {
                case "index" -> index[0] = (int) in.integer().orElse(position);
                case "message", "delta" -> message(in, found);
                case "finish_reason" -> finished(in);
                default -> in.skip();
            }
        });
        deltas.addAll(found.deltas(index[0]));
        media.addAll(found.media());
    }

    private void message(BodyReader in, Parts found) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            in.skip();
            return;
        }
        in.object(name -> {
            switch (name) {
                case "role" -> in.skip();
                case "tool_calls", "function_call" -> {
                    tools |= !in.isNull();
                    found.everyString(Speaker.ToolArguments);
                }
                case "reasoning_content", "reasoning" -> found.everyString(Speaker.Thought);
                case "audio" -> audio(in, found);
                // images, for one, as parts or by themselves
                default -> found.unknown(Speaker.Model);
            }
        });
    }

    /** Bytes, and what is said in them. */
    private static void audio(BodyReader in, Parts found) throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(Speaker.Model);
            return;
        }
        in.object(name -> {
            if (name.equals("data") && in.token() == JsonToken.VALUE_STRING) {
                found.inline("audio/*");
            } else {
                found.everyString(Speaker.Model);
            }
        });
    }

    private void finished(BodyReader in) throws IOException, RefusedException {
        if (in.isNull() || end == End.ERROR) {
            return;
        }
        End said = switch (in.string()) {
            case "stop", "tool_calls", "function_call" -> End.COMPLETE;
            default -> End.PARTIAL;
        };
        end = end == End.PARTIAL ? End.PARTIAL : said;
    }

    private static Optional<TokensUsed> usage(BodyReader in) throws IOException, RefusedException {
        return Usage.read(in, "prompt_tokens", "completion_tokens", "total_tokens");
    }
}
