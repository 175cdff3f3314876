package dev.secureprediction.gateway.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.schema.Violation;
import java.util.Optional;

/** Fifth stage: is the body what this endpoint takes? Its bytes go on unchanged. */
public final class Inspector {

    /** Checks the collected body. Takes time that grows with it: large ones are not for an event loop. */
    public InspectedRequest inspect(AdmittedRequest request) throws RefusedException {
        byte[] body = request.decoded();
        JsonNode tree = JsonBody.parse(body);
        checkShape(tree, request.authorized().route());
        Optional<Violation> violation = request.policy().schema().flatMap(schema -> schema.check(tree));
        if (violation.isPresent()) {
            throw invalid(violation.get().pointer(), violation.get().message());
        }
        return new InspectedRequest(request.authorized(), body);
    }

    /** What the surface itself asks of a body. */
    private static void checkShape(JsonNode body, Route route) throws RefusedException {
        switch (route.verb()) {
            case PREDICT -> requireArray(body, "instances");
            case GENERATE_CONTENT, STREAM_GENERATE_CONTENT -> {
                requireArray(body, "contents");
                checkModel(body, route);
            }
            case RAW_PREDICT, STREAM_RAW_PREDICT, SERVER_STREAMING_PREDICT -> {
                // theirs is the model's own
            }
        }
    }

    private static void requireArray(JsonNode body, String name) throws RefusedException {
        JsonNode array = body.path(name);
        if (!array.isArray() || array.isEmpty()) {
            throw invalid("/" + name, "must be an array with at least one item");
        }
    }

    /** A body may name the model of its path, no other. */
    private static void checkModel(JsonNode body, Route route) throws RefusedException {
        if (body.has("model")
                && !(route.model() instanceof Model.Publisher model
                        && body.path("model")
                                .asText()
                                .endsWith("publishers/" + model.publisher() + "/models/" + model.name()))) {
            throw invalid("/model", "must be the model of the path, or absent");
        }
    }

    private static RefusedException invalid(String pointer, String what) {
        return new RefusedException(Refusal.ofField(ErrorCode.BODY_INVALID, new FieldViolation(pointer, what)));
    }
}
