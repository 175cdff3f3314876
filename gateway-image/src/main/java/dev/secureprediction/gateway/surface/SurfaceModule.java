package dev.secureprediction.gateway.surface;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.RequestPath;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Surface;
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

    /** How its clients read errors. */
    ErrorShape errorShape();

    /** Reads its bodies. */
    Extractor extractor();

    /** What the gateway answers by itself, from the policy; empty: the model is asked. */
    default Optional<LocalAnswer> answerHere(Route route, PolicyBundle policy) {
        return Optional.empty();
    }

    /** Which of the possible operations a call is, now that its body is read. */
    default Operation settle(Operation operation, Content content) {
        return operation;
    }
}
