package dev.secureprediction.gateway.surface.gemini;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.RequestPath;
import dev.secureprediction.gateway.route.RequestPath.GoogleCall;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Surface;
import java.util.Optional;

/** Google's generative models in their own form. */
public final class GeminiModule implements SurfaceModule {
    private final Extractor extractor = new GeminiExtractor();

    @Override
    public Surface surface() {
        return Surface.GeminiGenerate;
    }

    /** The same paths as predictions of publisher models; those own them. */
    @Override
    public boolean owns(RequestPath path) {
        return false;
    }

    @Override
    public Optional<Route> recognise(String method, RequestPath path) {
        if (!(path instanceof RequestPath.Google google) || !method.equals("POST")) {
            return Optional.empty();
        }
        return google.call().flatMap(call -> operation(call).map(operation -> new Route(operation, call.target())));
    }

    private static Optional<Operation> operation(GoogleCall call) {
        if (!(call.target().model() instanceof Model.Publisher publisher)
                || !publisher.publisher().equals("google")) {
            return Optional.empty();
        }
        return switch (call.verb()) {
            case "generateContent" -> Optional.of(Operation.GENERATE_CONTENT);
            case "streamGenerateContent" -> Optional.of(Operation.STREAM_GENERATE_CONTENT);
            case "countTokens" -> Optional.of(Operation.COUNT_TOKENS);
            case "embedContent" -> Optional.of(Operation.EMBED_CONTENT);
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
