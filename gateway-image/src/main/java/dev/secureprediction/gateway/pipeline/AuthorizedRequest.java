package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.Role;

/** A request that a role allows. Only {@link Authorizer} makes one. */
public final class AuthorizedRequest {
    private final AuthenticatedRequest authenticated;
    private final Route route;
    private final AnswerForm answerForm;
    private final Role role;

    AuthorizedRequest(AuthenticatedRequest authenticated, Route route, AnswerForm answerForm, Role role) {
        this.authenticated = authenticated;
        this.route = route;
        this.answerForm = answerForm;
        this.role = role;
    }

    RequestHead head() {
        return authenticated.accepted().head();
    }

    public PolicySnapshot policy() {
        return authenticated.accepted().policy();
    }

    public Caller caller() {
        return authenticated.caller();
    }

    public Route route() {
        return route;
    }

    public AnswerForm answerForm() {
        return answerForm;
    }

    public Role role() {
        return role;
    }
}
