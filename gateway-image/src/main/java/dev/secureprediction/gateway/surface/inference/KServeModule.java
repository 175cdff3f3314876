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
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.gateway.surface.UpstreamRequest;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Upstream;
import java.util.List;
import java.util.Optional;

/** KServe's first protocol: `POST /v1/models/{m}:predict`, which becomes a prediction as it is. */
public final class KServeModule implements SurfaceModule {
    private static final String VERB = ":predict";

    private final Extractor extractor = new KServeExtractor();

    @Override
    public Surface surface() {
        return Surface.KServeV1;
    }

    @Override
    public boolean owns(RequestPath path) {
        return path instanceof RequestPath.Plain plain && plain.startsWith("v1", "models");
    }

    @Override
    public Optional<Route> recognise(String method, RequestPath path) {
        if (!(path instanceof RequestPath.Plain plain) || !owns(path) || !method.equals("POST")) {
            return Optional.empty();
        }
        List<String> rest = plain.segments().subList(2, plain.segments().size());
        String name = String.join("/", rest);
        boolean predicts = rest.size() >= 1
                && rest.size() <= 2
                && name.endsWith(VERB)
                && name.indexOf(':') == name.length() - VERB.length();
        return predicts
                ? Optional.of(new Route(
                        Operation.KSERVE_PREDICT,
                        new Target.Named(name.substring(0, name.length() - VERB.length()), Optional.empty())))
                : Optional.empty();
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
    public void checkMappable(Route route, Model model, byte[] body) throws RefusedException {
        BodyReader.read(
                body,
                in -> in.object(name -> {
                    if (!name.equals("instances") && !name.equals("parameters")) {
                        throw in.invalid("is not supported; only instances and parameters are");
                    }
                    in.skip();
                }));
    }

    @Override
    public UpstreamRequest toUpstream(Route route, AnswerForm form, Upstream upstream, byte[] body) {
        return new UpstreamRequest(UpstreamPath.of(ApiVersion.V1, upstream, "predict"), body);
    }

    @Override
    public Optional<AnswerTranslation> fromUpstream(Route route, PolicyBundle policy, byte[] body) {
        return Optional.of(new PredictionsOnly());
    }
}
