package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.Role;
import dev.secureprediction.policy.model.Upstream;

/** A request whose body is what this endpoint takes. Only {@link Inspector} makes one. */
public final class InspectedRequest {
    private final AuthorizedRequest authorized;
    private final Route route;
    private final Role role;
    private final Content content;
    private final BodyType type;
    private final byte[] body;

    InspectedRequest(
            AuthorizedRequest authorized, Route route, Role role, Content content, BodyType type, byte[] body) {
        this.authorized = authorized;
        this.route = route;
        this.role = role;
        this.content = content;
        this.type = type;
        this.body = body;
    }

    public PolicySnapshot policy() {
        return authorized.policy();
    }

    public Caller caller() {
        return authorized.caller();
    }

    /** The call, now that its body is read. */
    public Route route() {
        return route;
    }

    public AnswerForm answerForm() {
        return authorized.answerForm();
    }

    /** The role that applies, alone. */
    public Role role() {
        return role;
    }

    RequestHead head() {
        return authorized.head();
    }

    /** Where the call goes: where its role says, else where the policy says; project and credential are the same. */
    public Upstream upstream() {
        Upstream usual = policy().bundle().upstream();
        return role.route()
                .map(there -> new Upstream(
                        there.authority(),
                        usual.project(),
                        usual.projectNumber(),
                        there.location(),
                        there.model(),
                        usual.credential()))
                .orElse(usual);
    }

    /** Whether the body is JSON that the surface has read. */
    boolean isJson() {
        return type.json();
    }

    /** What the body holds. */
    public Content content() {
        return content;
    }

    /** The body's Content-Type: ours, or the caller's where the body is not looked into. */
    public String mediaType() {
        return type.mediaType();
    }

    /** The caller's bytes, verbatim. Not to be changed. */
    public byte[] body() {
        return body;
    }
}
