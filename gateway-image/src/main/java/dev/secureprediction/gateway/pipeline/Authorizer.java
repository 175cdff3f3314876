package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.pipeline.AuthorizedRequest.Candidate;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Query;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.gateway.surface.ServedModel;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.policy.decision.Decision;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Upstream;
import java.util.ArrayList;
import java.util.List;

/**
 * Third stage: may this caller do this? A resource that is not the policy's and one that does not exist get the same
 * answer, so that nobody learns which is which.
 */
public final class Authorizer {
    /** Finds the roles for whatever the call may turn out to be; the body settles the rest. */
    public AuthorizedRequest authorize(AuthenticatedRequest request) throws RefusedException {
        AcceptedRequest accepted = request.accepted();
        if (!(accepted.match() instanceof RouteMatch.Matched matched)) {
            throw RefusedException.of(ErrorCode.ROUTE_UNKNOWN);
        }
        Route route = matched.route();
        PolicySnapshot policy = accepted.policy();
        if (!isTheModel(route.target(), policy.bundle())) {
            throw RefusedException.of(ErrorCode.ACCESS_DENIED, "OTHER_RESOURCE");
        }
        if (!policy.bundle().surfaces().contains(route.surface())) {
            throw RefusedException.of(ErrorCode.ROUTE_UNKNOWN, "SURFACE_NOT_SERVED");
        }
        if (!SurfaceRegistry.standard()
                .module(route.surface())
                .serves(route.operation(), policy.bundle().upstream().model())) {
            throw RefusedException.of(ErrorCode.ROUTE_UNKNOWN, "NOT_OF_THIS_MODEL");
        }
        AnswerForm answerForm = Query.parse(accepted.head().query(), route.operation())
                .orElseThrow(() -> RefusedException.of(ErrorCode.QUERY_REFUSED));
        List<Candidate> candidates = candidates(request, route);
        if (candidates.size() == 1) {
            // what no body can change is refused before it is read
            DataBoundary.trafficTier(accepted.head(), candidates.getFirst().role());
        }
        return new AuthorizedRequest(request, route, answerForm, candidates);
    }

    private static List<Candidate> candidates(AuthenticatedRequest request, Route route) throws RefusedException {
        List<Candidate> allowed = new ArrayList<>(1);
        String denied = "";
        for (Operation operation : route.operation().possible()) {
            switch (request.accepted()
                    .policy()
                    .decisions()
                    .decide(request.caller(), operation.surface(), operation.action())) {
                case Decision.Permit permit -> allowed.add(new Candidate(operation, permit.role()));
                case Decision.Deny deny -> denied = deny.reason().name();
            }
        }
        if (allowed.isEmpty()) {
            throw RefusedException.of(ErrorCode.ACCESS_DENIED, denied);
        }
        return allowed;
    }

    private static boolean isTheModel(Target target, PolicyBundle policy) {
        Upstream upstream = policy.upstream();
        return switch (target) {
            case Target.Google google ->
                isThePlace(google.project(), google.location(), upstream)
                        && google.model().equals(upstream.model());
            case Target.Place place -> isThePlace(place.project(), place.location(), upstream);
            case Target.Named named -> ServedModel.isMeant(named.model(), policy);
            case Target.Unnamed unnamed -> true;
        };
    }

    private static boolean isThePlace(String project, String location, Upstream upstream) {
        return (project.equals(upstream.project()) || project.equals(upstream.projectNumber()))
                && location.equals(upstream.location());
    }
}
