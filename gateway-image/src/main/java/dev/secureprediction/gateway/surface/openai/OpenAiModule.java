package dev.secureprediction.gateway.surface.openai;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.RequestPath;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.route.UpstreamPath;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.LocalAnswer;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.gateway.surface.UpstreamRequest;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Upstream;
import java.util.List;
import java.util.Optional;

/**
 * OpenAI's API below `/openai/v1`. A chat with a publisher's model goes to Vertex AI's own path for this form; embeddings of
 * a publisher's model become a prediction; an endpoint's container, which speaks this form itself, is called raw.
 */
public final class OpenAiModule implements SurfaceModule {
    private final Extractor extractor = new OpenAiExtractor();

    @Override
    public Surface surface() {
        return Surface.OpenAIChat;
    }

    @Override
    public boolean owns(RequestPath path) {
        return path instanceof RequestPath.Plain plain && plain.startsWith("openai", "v1");
    }

    @Override
    public Optional<Route> recognise(String method, RequestPath path) {
        if (!(path instanceof RequestPath.Plain plain) || !plain.startsWith("openai", "v1")) {
            return Optional.empty();
        }
        List<String> rest = plain.segments().subList(2, plain.segments().size());
        return route(rest).filter(route -> route.operation().method().equals(method));
    }

    private static Optional<Route> route(List<String> rest) {
        if (rest.equals(List.of("chat", "completions"))) {
            return Optional.of(new Route(Operation.CHAT, new Target.Unnamed()));
        }
        if (rest.equals(List.of("embeddings"))) {
            return Optional.of(new Route(Operation.EMBEDDINGS, new Target.Unnamed()));
        }
        if (rest.equals(List.of("models"))) {
            return Optional.of(new Route(Operation.LIST_MODELS, new Target.Unnamed()));
        }
        boolean one = rest.size() >= 2 && rest.size() <= 3 && rest.getFirst().equals("models");
        return one
                ? Optional.of(new Route(
                        Operation.GET_MODEL,
                        new Target.Named(String.join("/", rest.subList(1, rest.size())), Optional.empty())))
                : Optional.empty();
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.OPENAI;
    }

    @Override
    public Extractor extractor() {
        return extractor;
    }

    @Override
    public Operation settle(Operation operation, Content content) {
        boolean streams = content.generation().stream().orElse(false);
        return operation == Operation.CHAT && streams ? Operation.STREAM_CHAT : operation;
    }

    @Override
    public Optional<LocalAnswer> answerHere(Route route, PolicyBundle policy) {
        return switch (route.operation()) {
            case LIST_MODELS -> Optional.of(ModelList.list(policy));
            case GET_MODEL -> Optional.of(ModelList.one(policy));
            default -> Optional.empty();
        };
    }

    @Override
    public void checkMappable(Route route, Model model, byte[] body) throws RefusedException {
        if (!(model instanceof Model.Publisher)) {
            return; // the container's own form
        }
        if (route.operation() == Operation.EMBEDDINGS) {
            EmbeddingRequest.read(body);
        } else {
            ChatMembers.check(body);
        }
    }

    @Override
    public UpstreamRequest toUpstream(Route route, AnswerForm form, Upstream upstream, byte[] body) {
        boolean streams = route.operation() == Operation.STREAM_CHAT;
        return switch (upstream.model()) {
            // servers of this form take an empty name for the model that they have
            case Model.Endpoint endpoint ->
                new UpstreamRequest(
                        UpstreamPath.of(ApiVersion.V1, upstream, streams ? "streamRawPredict" : "rawPredict"),
                        ModelName.replaced(body, ""));
            case Model.Publisher publisher ->
                route.operation() == Operation.EMBEDDINGS
                        ? new UpstreamRequest(
                                UpstreamPath.of(ApiVersion.V1, upstream, "predict"), EmbeddingRequest.prediction(body))
                        : new UpstreamRequest(
                                UpstreamPath.location(ApiVersion.V1BETA1, upstream)
                                        + "/endpoints/openapi/chat/completions",
                                ModelName.replaced(body, publisher.publisher() + "/" + publisher.name()));
        };
    }

    @Override
    public Optional<AnswerTranslation> fromUpstream(Route route, PolicyBundle policy, byte[] body) {
        boolean predicted =
                route.operation() == Operation.EMBEDDINGS && policy.upstream().model() instanceof Model.Publisher;
        return predicted ? Optional.of(new EmbeddingAnswer(policy, body)) : Optional.empty();
    }
}
