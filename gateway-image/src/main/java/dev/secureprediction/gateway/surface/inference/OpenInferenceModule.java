package dev.secureprediction.gateway.surface.inference;

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
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.LocalAnswer;
import dev.secureprediction.gateway.surface.ServedModel;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.gateway.surface.UpstreamRequest;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The Open Inference Protocol v2 over HTTP; inference becomes a prediction, the rest is answered here. */
public final class OpenInferenceModule implements SurfaceModule {
    private final Extractor extractor = new InferExtractor();

    @Override
    public Surface surface() {
        return Surface.OpenInference;
    }

    @Override
    public boolean owns(RequestPath path) {
        return path instanceof RequestPath.Plain plain && plain.startsWith("v2");
    }

    @Override
    public Optional<Route> recognise(String method, RequestPath path) {
        if (!(path instanceof RequestPath.Plain plain) || !owns(path)) {
            return Optional.empty();
        }
        List<String> rest = plain.segments().subList(1, plain.segments().size());
        return route(rest).filter(route -> route.operation().method().equals(method));
    }

    private static Optional<Route> route(List<String> rest) {
        return switch (String.join("/", rest)) {
            case "" -> Optional.of(new Route(Operation.SERVER_METADATA, new Target.Unnamed()));
            case "health/live" -> Optional.of(new Route(Operation.SERVER_LIVE, new Target.Unnamed()));
            case "health/ready" -> Optional.of(new Route(Operation.SERVER_READY, new Target.Unnamed()));
            default -> rest.getFirst().equals("models") ? model(rest.subList(1, rest.size())) : Optional.empty();
        };
    }

    /** A name may have one slash in it, which clients do not escape. */
    private static Optional<Route> model(List<String> rest) {
        Operation operation = switch (rest.isEmpty() ? "" : rest.getLast()) {
            case "infer" -> Operation.INFER;
            case "ready" -> Operation.MODEL_READY;
            default -> Operation.MODEL_METADATA;
        };
        List<String> name = operation == Operation.MODEL_METADATA ? rest : rest.subList(0, rest.size() - 1);
        int versions = name.indexOf("versions");
        Optional<String> version = Optional.empty();
        if (versions > 0 && versions == name.size() - 2) {
            version = Optional.of(name.getLast());
            name = name.subList(0, versions);
        }
        return name.isEmpty() || name.size() > 2
                ? Optional.empty()
                : Optional.of(new Route(operation, new Target.Named(String.join("/", name), version)));
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.OPEN_INFERENCE;
    }

    @Override
    public Extractor extractor() {
        return extractor;
    }

    @Override
    public Optional<LocalAnswer> answerHere(Route route, PolicyBundle policy) {
        String name = JsonText.quoted(ServedModel.id(policy));
        String json = switch (route.operation()) {
            case SERVER_METADATA ->
                "{\"name\":\"secure-prediction-gateway\",\"version\":\"1\",\"extensions\":[\"binary_tensor_data\"]}";
            case SERVER_LIVE -> "{\"live\":true}";
            case SERVER_READY -> "{\"ready\":true}";
            case MODEL_READY -> "{\"name\":" + name + ",\"ready\":true}";
            case MODEL_METADATA ->
                "{\"name\":" + name + ",\"versions\":[],\"platform\":\"vertex-ai\",\"inputs\":[],\"outputs\":[]}";
            default -> "";
        };
        return json.isEmpty()
                ? Optional.empty()
                : Optional.of(new LocalAnswer("application/json", json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public byte[] normal(byte[] body, Optional<String> jsonLength) throws RefusedException {
        return jsonLength.isPresent() ? BinaryTensors.toJson(body, jsonLength.get()) : body;
    }

    @Override
    public UpstreamRequest toUpstream(Route route, AnswerForm form, Upstream upstream, byte[] body) {
        return new UpstreamRequest(
                UpstreamPath.of(ApiVersion.V1, upstream, "predict"),
                InferExtractor.again(route, body).prediction(body));
    }

    @Override
    public Optional<AnswerTranslation> fromUpstream(Route route, PolicyBundle policy, byte[] body) {
        return Optional.of(new InferAnswer(ServedModel.id(policy), InferExtractor.again(route, body)));
    }
}
