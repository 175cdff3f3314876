package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.policy.decision.Caller;

/** A request that went through every stage; the only thing that can be forwarded. Only {@link Reserver} makes one. */
public final class ReservedRequest {
    private final GuardedRequest guarded;

    ReservedRequest(GuardedRequest guarded) {
        this.guarded = guarded;
    }

    public PolicySnapshot policy() {
        return guarded.inspected().policy();
    }

    public Caller caller() {
        return guarded.inspected().caller();
    }

    public Route route() {
        return guarded.inspected().route();
    }

    public AnswerForm answerForm() {
        return guarded.inspected().answerForm();
    }

    /** What goes to the model. Not to be changed. */
    public byte[] body() {
        return guarded.body();
    }
}
