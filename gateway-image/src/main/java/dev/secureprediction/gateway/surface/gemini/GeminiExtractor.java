package dev.secureprediction.gateway.surface.gemini;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.policy.model.Model;
import java.util.Optional;

/** GenerateContentRequest, CountTokensRequest and EmbedContentRequest, and what comes back. */
final class GeminiExtractor implements Extractor {

    @Override
    public Content read(Route route, byte[] body) throws RefusedException {
        GeminiRequest request = new GeminiRequest(route.operation());
        BodyReader.read(body, request::read);
        Content content = request.content();
        checkModel(route, content.model());
        return content;
    }

    /** A body may name the model of its path, no other. */
    private static void checkModel(Route route, Optional<String> named) throws RefusedException {
        boolean other = named.isPresent()
                && !route.google()
                        .filter(target -> target.model() instanceof Model.Publisher model
                                && isTheModel(
                                        named.get(), "publishers/" + model.publisher() + "/models/" + model.name()))
                        .isPresent();
        if (other) {
            throw BodyReader.invalid("/model", "must be the model of the path, or absent");
        }
    }

    private static boolean isTheModel(String named, String resource) {
        return named.equals(resource) || named.endsWith("/" + resource);
    }

    @Override
    public Optional<Edit> capOutput(Route route, byte[] body, long cap) {
        boolean generates = route.operation() == Operation.GENERATE_CONTENT
                || route.operation() == Operation.STREAM_GENERATE_CONTENT;
        return generates ? OutputCap.edit(body, cap) : Optional.empty();
    }

    @Override
    public AnswerFrame answer(Route route, byte[] frame) {
        return new GeminiAnswer(route.operation()).read(frame);
    }

    @Override
    public boolean reportsTokens() {
        return true;
    }
}
