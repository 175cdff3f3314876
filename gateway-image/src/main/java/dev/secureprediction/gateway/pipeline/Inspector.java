package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.pipeline.JsonBody.Member;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.schema.RequestSchema;
import dev.secureprediction.policy.schema.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fifth stage: is the body what this endpoint takes? Its bytes go on unchanged. */
public final class Inspector {
    private static final Set<String> NAMES = Set.of("instances", "contents", "model");

    /** Checks the collected body. Takes time that grows with it: large ones are not for an event loop. */
    public InspectedRequest inspect(AdmittedRequest request) throws RefusedException {
        byte[] body = request.decoded();
        checkShape(JsonBody.outline(body, NAMES), request.authorized().route());
        Optional<RequestSchema> schema = request.policy().schema();
        if (schema.isPresent()) {
            Optional<Violation> violation = schema.get().check(JsonBody.parse(body));
            if (violation.isPresent()) {
                throw invalid(violation.get().pointer(), violation.get().message());
            }
        }
        return new InspectedRequest(request.authorized(), body);
    }

    /** What the surface itself asks of a body. */
    private static void checkShape(Map<String, Member> body, Route route) throws RefusedException {
        switch (route.verb()) {
            case PREDICT -> requireArray(body, "instances");
            case GENERATE_CONTENT, STREAM_GENERATE_CONTENT -> {
                requireArray(body, "contents");
                checkModel(Optional.ofNullable(body.get("model")), route);
            }
            case RAW_PREDICT, STREAM_RAW_PREDICT, SERVER_STREAMING_PREDICT -> {
                // theirs is the model's own
            }
        }
    }

    private static void requireArray(Map<String, Member> body, String name) throws RefusedException {
        Member array = body.get(name);
        if (array == null || !array.filledArray()) {
            throw invalid("/" + name, "must be an array with at least one item");
        }
    }

    /** A body may name the model of its path, no other. */
    private static void checkModel(Optional<Member> named, Route route) throws RefusedException {
        boolean other = named.isPresent()
                && !(route.model() instanceof Model.Publisher model
                        && named.get().text().endsWith("publishers/" + model.publisher() + "/models/" + model.name()));
        if (other) {
            throw invalid("/model", "must be the model of the path, or absent");
        }
    }

    private static RefusedException invalid(String pointer, String what) {
        return new RefusedException(Refusal.ofField(ErrorCode.BODY_INVALID, new FieldViolation(pointer, what)));
    }
}
