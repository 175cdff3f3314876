package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.answer.AnswerPlan;
import dev.secureprediction.gateway.limits.Reservation;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.AnswerForm;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.policy.decision.Caller;
import dev.secureprediction.policy.model.Upstream;
import java.util.Optional;

/** A request that went through every stage; the only thing that can be forwarded. Only {@link Reserver} makes one. */
public final class ReservedRequest {
    private final GuardedRequest guarded;
    private final byte[] body;
    private final AnswerPlan answerPlan;
    private final Reservation reservation;

    ReservedRequest(GuardedRequest guarded, byte[] body, AnswerPlan answerPlan, Reservation reservation) {
        this.guarded = guarded;
        this.body = body;
        this.answerPlan = answerPlan;
        this.reservation = reservation;
    }

    /** What was taken of the caller's token budget. */
    public Reservation reservation() {
        return reservation;
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

    /** Where the call goes. */
    public Upstream upstream() {
        return guarded.inspected().upstream();
    }

    /** The tier of Google's capacity that the call asks for, where its role may. */
    public Optional<String> trafficTier() {
        return guarded.trafficTier();
    }

    public AnswerForm answerForm() {
        return guarded.inspected().answerForm();
    }

    /** What the model is told that the body is. */
    public String mediaType() {
        return guarded.inspected().mediaType();
    }

    /** What goes to the model. Not to be changed. */
    public byte[] body() {
        return body;
    }

    /** What the answer passes, and who watches it; observers hear of the call's end however it ends. */
    public AnswerPlan answerPlan() {
        return answerPlan;
    }

    /** What a frame of the answer holds. */
    public AnswerFrame read(byte[] frame) {
        return SurfaceRegistry.standard().module(route().surface()).extractor().answer(route(), frame);
    }
}
