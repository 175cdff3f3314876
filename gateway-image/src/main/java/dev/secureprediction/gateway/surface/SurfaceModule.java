package dev.secureprediction.gateway.surface;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.RequestPath;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.UpstreamPath;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.model.Upstream;
import java.util.Optional;

/**
 * All that the gateway knows of one wire protocol. Policy, guardrails, limits, cache, accounting and audit are written
 * once, against this. Immutable, safe for use by many threads.
 */
public interface SurfaceModule {

    /** The protocol. */
    Surface surface();

    /** Whether the path begins like this protocol's, so that its callers read its errors. At most one module says so. */
    boolean owns(RequestPath path);

    /** The call that method and path mean; empty: none of this protocol. */
    Optional<Route> recognise(String method, RequestPath path);

    /** Whether this operation is one of such a model's. */
    default boolean serves(Operation operation, Model model) {
        return true;
    }

    /** How its clients read errors. */
    ErrorShape errorShape();

    /** Reads its bodies. */
    Extractor extractor();

    /** What the gateway answers by itself, from the policy; empty: the model is asked. */
    default Optional<LocalAnswer> answerHere(Route route, PolicyBundle policy) {
        return Optional.empty();
    }

    /**
     * The body in the one form that is read, where callers may send another.
     *
     * @param jsonLength value of `Inference-Header-Content-Length`
     */
    default byte[] normal(byte[] body, Optional<String> jsonLength) throws RefusedException {
        return body;
    }

    /**
     * Refuses, by its name, what the call to this model has no place for. The body has been read before.
     *
     * @throws RefusedException naming the member
     */
    default void checkMappable(Route route, Model model, byte[] body) throws RefusedException {}

    /** The call of Vertex AI that this one becomes; names come from the policy alone. */
    default UpstreamRequest toUpstream(Route route, AnswerForm form, Upstream upstream, byte[] body) {
        ApiVersion version = route.version().orElse(ApiVersion.V1);
        String path = UpstreamPath.of(version, upstream, route.operation().wire());
        return new UpstreamRequest(path + form.query(), body);
    }

    /**
     * How the model's whole answer becomes the caller's; empty: as it is.
     *
     * @param body what {@link #toUpstream} was given
     */
    default Optional<AnswerTranslation> fromUpstream(Route route, PolicyBundle policy, byte[] body) {
        return Optional.empty();
    }

    /** Whether every frame of a stream from this model has a form that is known; a container's own has none. */
    default boolean knowsStreams(Route route, Model model) {
        return model instanceof Model.Publisher;
    }

    /** Which of the possible operations a call is, now that its body is read. */
    default Operation settle(Operation operation, Content content) throws RefusedException {
        return operation;
    }
}
