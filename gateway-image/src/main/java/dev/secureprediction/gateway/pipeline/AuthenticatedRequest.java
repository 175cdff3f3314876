package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.policy.decision.Caller;

/** A request whose caller is known. Only {@link Authenticator} makes one. */
public final class AuthenticatedRequest {
    private final AcceptedRequest accepted;
    private final Caller caller;

    AuthenticatedRequest(AcceptedRequest accepted, Caller caller) {
        this.accepted = accepted;
        this.caller = caller;
    }

    AcceptedRequest accepted() {
        return accepted;
    }

    public RequestHead head() {
        return accepted.head();
    }

    public PolicySnapshot policy() {
        return accepted.policy();
    }

    /** Who calls: issuer and subject together. */
    public Caller caller() {
        return caller;
    }
}
