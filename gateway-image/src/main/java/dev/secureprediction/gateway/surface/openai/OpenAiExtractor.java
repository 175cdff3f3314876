package dev.secureprediction.gateway.surface.openai;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.OutputCap;
import java.util.List;
import java.util.Optional;

/** Chats and embeddings, requests and answers. */
final class OpenAiExtractor implements Extractor {

    @Override
    public Content read(Route route, byte[] body) throws RefusedException {
        if (route.operation() == Operation.EMBEDDINGS) {
            return EmbeddingRequest.content(body);
        }
        ChatRequest request = new ChatRequest();
        BodyReader.read(body, request::read);
        return request.content();
    }

    @Override
    public Optional<Edit> capOutput(Route route, byte[] body, long cap) {
        return route.operation() == Operation.EMBEDDINGS
                ? Optional.empty()
                : OutputCap.topLevel(body, List.of("max_tokens", "max_completion_tokens"), cap);
    }

    @Override
    public AnswerFrame answer(Route route, byte[] frame) {
        return new ChatAnswer(route.operation()).read(frame);
    }

    @Override
    public boolean reportsTokens() {
        return true;
    }
}
