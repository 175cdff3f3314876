package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Surface;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What kind of body a call has.
 *
 * @param mediaType what the model is told it is
 * @param json whether it is looked into
 */
record BodyType(String mediaType, boolean json) {
    private static final int MAX_LENGTH = 256;
    private static final BodyType JSON = new BodyType("application/json", true);
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /** RFC 9110, section 8.3.1; written so that it can be passed on as it is. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "(?: ?; ?" + TOKEN + "=(?:" + TOKEN + "|\"[A-Za-z0-9 ./:=_+-]*\"))*");

    /**
     * By the Content-Type. All calls are JSON but raw ones of an endpoint without a schema: its model's container may
     * take anything.
     */
    static BodyType of(Optional<String> contentType, Route route, PolicySnapshot policy) throws RefusedException {
        String said = contentType.orElse("");
        if (said.equals(JSON.mediaType)) {
            return JSON;
        }
        String type = said.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        if (!route.operation().hasBody()
                || type.equals("application/json")
                || type.equals("application/json;charset=utf-8")) {
            return JSON;
        }
        // tritonclient says nothing of its bodies
        if (route.surface() == Surface.OpenInference && (type.isEmpty() || type.equals("application/octet-stream"))) {
            return JSON;
        }
        boolean anything = isRaw(route)
                && policy.schema().isEmpty()
                // a guardrail can only judge what it can read
                && policy.bundle().guardrails().isEmpty();
        // a JSON type with parameters or another encoding would pass by what is checked of JSON
        boolean plain = said.length() <= MAX_LENGTH
                && MEDIA_TYPE.matcher(said).matches()
                && !type.startsWith("application/json");
        if (!anything || !plain) {
            throw RefusedException.of(ErrorCode.MEDIA_TYPE_REFUSED);
        }
        return new BodyType(said, false);
    }

    /** Calls whose body is the model's own, of a model in a container of somebody's making. */
    private static boolean isRaw(Route route) {
        boolean raw = route.operation() == Operation.RAW_PREDICT || route.operation() == Operation.STREAM_RAW_PREDICT;
        return raw && route.google().map(Target.Google::model).orElse(null) instanceof Model.Endpoint;
    }
}
