package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Query;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.policy.decision.Decision;
import dev.secureprediction.policy.model.Upstream;
import java.util.List;

/**
 * Third stage: may this caller do this? A resource that is not the policy's and one that does not exist get the same
 * answer, so that nobody learns which is which.
 */
public final class Authorizer {
    // ask for more of Google's capacity at more cost; no role can allow it yet
    private static final List<String> TRAFFIC_HEADERS =
            List.of("X-Vertex-AI-LLM-Shared-Request-Type", "X-Vertex-AI-LLM-Request-Type", "X-Vertex-AI-LLM-Priority");

    public AuthorizedRequest authorize(AuthenticatedRequest request) throws RefusedException {
        AcceptedRequest accepted = request.accepted();
        if (!(accepted.match() instanceof RouteMatch.Matched matched)
                || !accepted.head().method().equals("POST")) {
            throw RefusedException.of(ErrorCode.ROUTE_UNKNOWN);
        }
        Route route = matched.route();
        PolicySnapshot policy = accepted.policy();
        if (!isTheModel(route, policy.bundle().upstream())) {
            throw RefusedException.of(ErrorCode.ACCESS_DENIED, "OTHER_RESOURCE");
        }
        if (!policy.bundle().surfaces().contains(route.verb().surface())) {
            throw RefusedException.of(ErrorCode.ROUTE_UNKNOWN, "SURFACE_NOT_SERVED");
        }
        AnswerForm answerForm = Query.parse(accepted.head().query(), route.verb())
                .orElseThrow(() -> RefusedException.of(ErrorCode.QUERY_REFUSED));
        if (TRAFFIC_HEADERS.stream().anyMatch(accepted.head()::has)) {
            throw RefusedException.of(ErrorCode.ACCESS_DENIED, "TRAFFIC_TIER");
        }
        return switch (policy.decisions()
                .decide(request.caller(), route.verb().surface(), route.verb().action())) {
            case Decision.Permit permit -> new AuthorizedRequest(request, route, answerForm, permit.role());
            case Decision.Deny deny ->
                throw RefusedException.of(ErrorCode.ACCESS_DENIED, deny.reason().name());
        };
    }

    private static boolean isTheModel(Route route, Upstream upstream) {
        return (route.project().equals(upstream.project()) || route.project().equals(upstream.projectNumber()))
                && route.location().equals(upstream.location())
                && route.model().equals(upstream.model());
    }
}
