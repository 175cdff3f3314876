package dev.secureprediction.gateway.surface.vertex;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.RequestPath;
import dev.secureprediction.gateway.route.RequestPath.GoogleCall;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.LocalAnswer;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import java.util.Optional;

/** Predictions of endpoints and of publisher models. */
public final class VertexPredictModule implements SurfaceModule {
    private final Extractor extractor = new VertexPredictExtractor();

    @Override
    public Surface surface() {
        return Surface.VertexPredict;
    }

    @Override
    public boolean owns(RequestPath path) {
        return path instanceof RequestPath.Google google && !google.anthropic();
    }

    @Override
    public Optional<Route> recognise(String method, RequestPath path) {
        if (!(path instanceof RequestPath.Google google) || google.anthropic()) {
            return Optional.empty();
        }
        return google.call()
                .flatMap(call -> operation(call)
                        .filter(operation -> operation.method().equals(method))
                        .map(operation -> new Route(operation, call.target())));
    }

    @Override
    public Optional<LocalAnswer> answerHere(Route route, PolicyBundle policy) {
        return route.operation() == Operation.GET_ENDPOINT
                ? Optional.of(EndpointDescription.of(policy))
                : Optional.empty();
    }

    /** What publishers' models take raw has tools and lengths that no role's rules would see; they have surfaces of their own. */
    @Override
    public boolean serves(Operation operation, Model model) {
        return model instanceof Model.Endpoint || operation == Operation.PREDICT;
    }

    /** What is raw is the model's own, whoever published it. */
    @Override
    public boolean knowsStreams(Route route, Model model) {
        return route.operation() == Operation.SERVER_STREAMING_PREDICT;
    }

    private static Optional<Operation> operation(GoogleCall call) {
        return switch (call.verb()) {
            case "predict" -> Optional.of(Operation.PREDICT);
            case "rawPredict" -> Optional.of(Operation.RAW_PREDICT);
            case "streamRawPredict" -> Optional.of(Operation.STREAM_RAW_PREDICT);
            case "serverStreamingPredict" -> Optional.of(Operation.SERVER_STREAMING_PREDICT);
            case "" ->
                call.target().model() instanceof Model.Endpoint
                        ? Optional.of(Operation.GET_ENDPOINT)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.GOOGLE;
    }

    @Override
    public Extractor extractor() {
        return extractor;
    }
}
