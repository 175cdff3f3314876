package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.answer.AnswerPlan;

/** A request that every guardrail let pass. Only {@link Guard} makes one. */
public final class GuardedRequest {
    private final InspectedRequest inspected;
    private final byte[] body;
    private final AnswerPlan answerPlan;

    GuardedRequest(InspectedRequest inspected, byte[] body, AnswerPlan answerPlan) {
        this.inspected = inspected;
        this.body = body;
        this.answerPlan = answerPlan;
    }

    public InspectedRequest inspected() {
        return inspected;
    }

    /** What screens and shapes the answer. */
    public AnswerPlan answerPlan() {
        return answerPlan;
    }

    /** The caller's bytes but for what a guardrail masked. Not to be changed. */
    public byte[] body() {
        return body;
    }
}
