package dev.secureprediction.gateway.surface.gemini;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One frame of an answer while it is read. */
final class GeminiAnswer {
    private final List<Delta> deltas = new ArrayList<>();
    private final List<Part> media = new ArrayList<>();
    private boolean tools;
    private Optional<TokensUsed> usage = Optional.empty();
    private End end;

    GeminiAnswer(Operation operation) {
        boolean generates = operation == Operation.GENERATE_CONTENT || operation == Operation.STREAM_GENERATE_CONTENT;
        end = generates ? End.OPEN : End.COMPLETE;
    }

    AnswerFrame read(byte[] frame) {
        try {
            BodyReader.read(frame, in -> in.object(name -> member(name, in)));
        } catch (RefusedException e) {
            end = End.ERROR;
        }
        return new AnswerFrame(deltas, media, tools, usage, end);
    }

    private void member(String name, BodyReader in) throws IOException, RefusedException {
        switch (name) {
            case "candidates" -> in.array(index -> candidate(in, index));
            case "usageMetadata" -> usage = usage(in);
            case "promptFeedback" ->
                in.object(inner -> {
                    if (inner.equals("blockReason")) {
                        end = End.PARTIAL;
                    }
                    in.skip();
                });
            case "error" -> {
                end = End.ERROR;
                in.skip();
            }
            default -> in.skip();
        }
    }

    private void candidate(BodyReader in, int position) throws IOException, RefusedException {
        Parts found = Parts.ofAnswer(in);
        GeminiContents turn = new GeminiContents(in, found);
        int[] index = {position};
        in.object(name -> {
            switch (name) {
                case "index" -> index[0] = (int) in.integer().orElse(position);
                case "content" -> turn.content(Speaker.Model);
                case "finishReason" -> finished(in.isNull() ? "" : in.scalar());
                case "safetyRatings", "avgLogprobs", "tokenCount" -> in.skip();
                // what it was grounded on and quotes, for one
                default -> found.everyString(Speaker.Data);
            }
        });
        List<Delta> said = found.deltas(index[0]);
        tools |= said.stream().anyMatch(delta -> delta.text().speaker() == Speaker.ToolArguments);
        deltas.addAll(said);
        media.addAll(found.media());
    }

    /** Names, or numbers where the caller asked for them: 1 is STOP, 2 MAX_TOKENS. */
    private void finished(String reason) {
        if (end != End.ERROR && !reason.isEmpty()) {
            boolean complete = reason.equals("STOP") || reason.equals("1");
            end = complete && end != End.PARTIAL ? End.COMPLETE : End.PARTIAL;
        }
    }

    private static Optional<TokensUsed> usage(BodyReader in) throws IOException, RefusedException {
        return Usage.read(in, "promptTokenCount", "candidatesTokenCount", "totalTokenCount")
                .filter(used -> used.total().isPresent() || used.prompt().isPresent());
    }
}
