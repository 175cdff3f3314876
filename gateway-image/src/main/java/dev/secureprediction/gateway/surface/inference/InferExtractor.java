package dev.secureprediction.gateway.surface.inference;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import dev.secureprediction.gateway.surface.vertex.VertexPredictModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Inference requests; answers are the model's predictions. */
final class InferExtractor implements Extractor {
    private final Extractor predictions = new VertexPredictModule().extractor();

    @Override
    public Content read(Route route, byte[] body) throws RefusedException {
        InferRequest.read(body, model(route));
        List<Part> parts = new ArrayList<>();
        BodyReader.read(body, in -> {
            Parts found = Parts.freeForm(in);
            in.object(name -> found.everyString(Speaker.Data));
            parts.addAll(found.list());
        });
        return new Content(Optional.empty(), parts, List.of(), Generation.PLAIN, Optional.empty());
    }

    /** A body that was read before. */
    static InferRequest again(Route route, byte[] body) {
        try {
            return InferRequest.read(body, model(route));
        } catch (RefusedException e) {
            throw new IllegalStateException("the body was read before", e);
        }
    }

    private static String model(Route route) {
        return route.target() instanceof Target.Named named ? named.model() : "";
    }

    @Override
    public Optional<Edit> capOutput(Route route, byte[] body, long cap) {
        return Optional.empty();
    }

    @Override
    public AnswerFrame answer(Route route, byte[] frame) {
        return predictions.answer(new Route(Operation.PREDICT, route.target()), frame);
    }

    @Override
    public boolean reportsTokens() {
        return false;
    }
}
