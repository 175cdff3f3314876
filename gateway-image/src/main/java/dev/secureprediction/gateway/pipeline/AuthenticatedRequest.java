package dev.secureprediction.gateway.pipeline;

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

    /** Who calls: issuer and subject together. */
    public Caller caller() {
        return caller;
    }
}
