package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.Role;
import java.util.List;

/** A request that a role allows. Only {@link Authorizer} makes one. */
public final class AuthorizedRequest {
    private final AuthenticatedRequest authenticated;
    private final Route route;
    private final AnswerForm answerForm;
    private final List<Candidate> candidates;

    AuthorizedRequest(
            AuthenticatedRequest authenticated, Route route, AnswerForm answerForm, List<Candidate> candidates) {
        this.authenticated = authenticated;
        this.route = route;
        this.answerForm = answerForm;
        this.candidates = List.copyOf(candidates);
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

    /** What the caller may do of what the call may turn out to be; never empty. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** The role, if the path says it all; else the one of the first candidate. */
    public Role role() {
        return candidates.getFirst().role();
    }

    /** Whether the path said it all, so that the body settles nothing any more. */
    public boolean isSettled() {
        return route.operation().possible().size() == 1;
    }

    /**
     * An operation that a role allows.
     *
     * @param operation what the body may turn out to ask
     * @param role applies then, alone
     */
    public record Candidate(Operation operation, Role role) {}
}
