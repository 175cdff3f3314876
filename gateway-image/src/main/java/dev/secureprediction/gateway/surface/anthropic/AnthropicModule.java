package dev.secureprediction.gateway.surface.anthropic;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.RequestPath;
import dev.secureprediction.gateway.route.RequestPath.GoogleCall;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.route.UpstreamPath;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.gateway.surface.UpstreamRequest;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Upstream;
import java.util.Optional;

/** Claude: `publishers/anthropic/models/{m}:rawPredict` and `:streamRawPredict`, whose bodies are Anthropic's. */
public final class AnthropicModule implements SurfaceModule {
    private static final String COUNTING = "count-tokens";

    private final Extractor extractor = new AnthropicExtractor();

    @Override
    public Surface surface() {
        return Surface.AnthropicMessages;
    }

    @Override
    public boolean owns(RequestPath path) {
        return path instanceof RequestPath.Google google && google.anthropic();
    }

    @Override
    public Optional<Route> recognise(String method, RequestPath path) {
        return path instanceof RequestPath.Google google && google.anthropic() && method.equals("POST")
                ? google.call().flatMap(AnthropicModule::route)
                : Optional.empty();
    }

    private static Optional<Route> route(GoogleCall call) {
        Target.Google target = call.target();
        boolean counts =
                target.model() instanceof Model.Publisher model && model.name().equals(COUNTING);
        return switch (call.verb()) {
            case "rawPredict" ->
                Optional.of(
                        counts
                                ? new Route(
                                        Operation.COUNT_MESSAGE_TOKENS,
                                        new Target.Place(target.version(), target.project(), target.location()))
                                : new Route(Operation.MESSAGES, target));
            case "streamRawPredict" ->
                counts ? Optional.empty() : Optional.of(new Route(Operation.STREAM_MESSAGES, target));
            default -> Optional.empty();
        };
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.ANTHROPIC;
    }

    @Override
    public Extractor extractor() {
        return extractor;
    }

    /** A role that may not stream must not get a stream by another path. */
    @Override
    public Operation settle(Operation operation, Content content) throws RefusedException {
        Optional<Boolean> stream = content.generation().stream();
        boolean streams = operation == Operation.STREAM_MESSAGES;
        if (stream.isPresent() && stream.get() != streams) {
            throw BodyReader.invalid(
                    "/stream",
                    streams
                            ? "must be true or absent; else call rawPredict"
                            : "must be false; else call streamRawPredict");
        }
        return operation;
    }

    @Override
    public UpstreamRequest toUpstream(Route route, AnswerForm form, Upstream upstream, byte[] body) {
        if (route.operation() != Operation.COUNT_MESSAGE_TOKENS) {
            return SurfaceModule.super.toUpstream(route, form, upstream, body);
        }
        String place = UpstreamPath.location(route.version().orElse(ApiVersion.V1), upstream);
        return new UpstreamRequest(
                place + "/publishers/anthropic/models/" + COUNTING + ":rawPredict" + form.query(), body);
    }
}
