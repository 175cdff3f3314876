package dev.secureprediction.gateway.surface.inference;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.vertex.VertexPredictModule;
import java.util.Optional;

/** The same bodies as predictions have. */
final class KServeExtractor implements Extractor {
    private final Extractor predictions = new VertexPredictModule().extractor();

    private static Route asPrediction() {
        return new Route(Operation.PREDICT, new Target.Unnamed());
    }

    @Override
    public Content read(Route route, byte[] body) throws RefusedException {
        return predictions.read(asPrediction(), body);
    }

    @Override
    public Optional<Edit> capOutput(Route route, byte[] body, long cap) {
        return Optional.empty();
    }

    @Override
    public AnswerFrame answer(Route route, byte[] frame) {
        return predictions.answer(asPrediction(), frame);
    }

    @Override
    public boolean reportsTokens() {
        return false;
    }
}
