package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.policy.decision.Caller;

/** A request whose body is what this endpoint takes. Only {@link Inspector} makes one. */
public final class InspectedRequest {
    private final AuthorizedRequest authorized;
    private final byte[] body;

    InspectedRequest(AuthorizedRequest authorized, byte[] body) {
        this.authorized = authorized;
        this.body = body;
    }

    public PolicySnapshot policy() {
        return authorized.policy();
    }

    public Caller caller() {
        return authorized.caller();
    }

    public Route route() {
        return authorized.route();
    }

    public AnswerForm answerForm() {
        return authorized.answerForm();
    }

    /** The caller's bytes, verbatim. Not to be changed. */
    public byte[] body() {
        return body;
    }
}
