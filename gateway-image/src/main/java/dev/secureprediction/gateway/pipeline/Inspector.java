package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.pipeline.AuthorizedRequest.Candidate;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.ServedModel;
import dev.secureprediction.gateway.surface.SurfaceModule;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.gateway.surface.json.Json;
import dev.secureprediction.gateway.surface.json.Utf8;
import dev.secureprediction.policy.model.AuditRules;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.schema.RequestSchema;
import dev.secureprediction.policy.schema.Violation;
import java.util.List;
import java.util.Optional;

/** Fifth stage: is the body what this endpoint takes, and does a role allow what it turns out to ask? */
public final class Inspector {
    private static final Content NOTHING =
            new Content(Optional.empty(), List.of(), List.of(), Generation.PLAIN, Optional.empty());
    private static final Content UNREADABLE =
            new Content(Optional.empty(), List.of(), List.of(), Generation.PLAIN, Optional.of(""));

    private final SurfaceRegistry surfaces = SurfaceRegistry.standard();

    /** Checks the collected body. Takes time that grows with it: large ones are not for an event loop. */
    public InspectedRequest inspect(AdmittedRequest request) throws RefusedException {
        AuthorizedRequest authorized = request.authorized();
        Route route = authorized.route();
        byte[] decoded = request.decoded();
        if (!route.operation().hasBody()) {
            if (decoded.length > 0) {
                throw malformed("must be absent");
            }
            return new InspectedRequest(authorized, route, authorized.role(), NOTHING, request.type(), decoded);
        }
        SurfaceModule module = surfaces.module(route.surface());
        byte[] body = module.normal(decoded, authorized.head().first("Inference-Header-Content-Length"));
        if (request.type().json() && !Utf8.isValid(body)) {
            throw malformed("must be UTF-8 (RFC 8259, section 8.1)");
        }
        Content content = request.type().json() ? read(module, authorized, body) : UNREADABLE;
        checkModel(route, content, authorized);
        Operation operation = module.settle(route.operation(), content);
        module.checkMappable(
                route.settled(operation), request.policy().bundle().upstream().model(), body);
        Role role = allowing(operation, authorized.candidates());
        checkOnlyBody(role, body);
        checkSchema(request, body);
        return new InspectedRequest(authorized, route.settled(operation), role, content, request.type(), body);
    }

    /** Texts are read only where a guardrail or the audit record wants them. */
    private static Content read(SurfaceModule module, AuthorizedRequest authorized, byte[] body)
            throws RefusedException {
        PolicyBundle bundle = authorized.policy().bundle();
        boolean texts = !bundle.guardrails().isEmpty() || bundle.audit().prompts() != AuditRules.Prompts.None;
        return texts
                ? module.extractor().read(authorized.route(), body)
                : module.extractor().outline(authorized.route(), body);
    }

    /** Where the path names no model the body does; another one and one that does not exist get the same answer. */
    private static void checkModel(Route route, Content content, AuthorizedRequest authorized) throws RefusedException {
        boolean other = route.bodyNamesModel()
                && !ServedModel.isMeant(
                        content.model().orElse(""), authorized.policy().bundle());
        if (other) {
            throw RefusedException.of(ErrorCode.ACCESS_DENIED, "OTHER_RESOURCE");
        }
    }

    private static Role allowing(Operation operation, List<Candidate> candidates) throws RefusedException {
        for (Candidate candidate : candidates) {
            if (candidate.operation() == operation) {
                return candidate.role();
            }
        }
        throw RefusedException.of(ErrorCode.ACCESS_DENIED, "ActionNotAllowed");
    }

    /** Who may send one body sends that one. */
    private static void checkOnlyBody(Role role, byte[] body) throws RefusedException {
        if (role.onlyBody().isPresent() && !role.onlyBody().get().equals(Json.tree(body))) {
            throw RefusedException.of(ErrorCode.ACCESS_DENIED, "OtherBody");
        }
    }

    private static void checkSchema(AdmittedRequest request, byte[] body) throws RefusedException {
        Optional<RequestSchema> schema = request.policy().schema();
        if (schema.isEmpty()) {
            return;
        }
        Optional<Violation> violation = schema.get().check(Json.tree(body));
        if (violation.isPresent()) {
            throw new RefusedException(Refusal.ofField(
                    ErrorCode.BODY_INVALID,
                    new FieldViolation(
                            violation.get().pointer(), violation.get().message())));
        }
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Refusal.ofField(ErrorCode.BODY_MALFORMED, new FieldViolation("", what)));
    }
}
