package dev.secureprediction.gateway.surface.anthropic;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.OutputCap;
import dev.secureprediction.policy.model.Model;
import java.util.List;
import java.util.Optional;

/** Anthropic's messages, requests and answers. */
final class AnthropicExtractor implements Extractor {

    @Override
    public Content read(Route route, byte[] body) throws RefusedException {
        AnthropicRequest request = new AnthropicRequest();
        BodyReader.read(body, request::read);
        Content content = request.content();
        boolean other = content.model().isPresent()
                && route.google()
                        .filter(target -> !(target.model() instanceof Model.Publisher model
                                && model.name().equals(content.model().get())))
                        .isPresent();
        if (other) {
            throw BodyReader.invalid("/model", "must be the model of the path, or absent");
        }
        return content;
    }

    @Override
    public Optional<Edit> capOutput(Route route, byte[] body, long cap) {
        return route.operation() == Operation.COUNT_MESSAGE_TOKENS
                ? Optional.empty()
                : OutputCap.topLevel(body, List.of("max_tokens"), cap);
    }

    @Override
    public AnswerFrame answer(Route route, byte[] frame) {
        return new AnthropicAnswer(route.operation()).read(frame);
    }

    @Override
    public boolean reportsTokens() {
        return true;
    }
}
