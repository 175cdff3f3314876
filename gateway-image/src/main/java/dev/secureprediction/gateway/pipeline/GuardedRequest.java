package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.answer.AnswerPlan;
import java.util.Optional;

/** A request that every guardrail let pass. Only {@link Guard} makes one. */
public final class GuardedRequest {
    private final InspectedRequest inspected;
    private final byte[] body;
    private final Optional<String> trafficTier;
    private final AnswerPlan answerPlan;

    GuardedRequest(InspectedRequest inspected, byte[] body, Optional<String> trafficTier, AnswerPlan answerPlan) {
        this.inspected = inspected;
        this.body = body;
        this.trafficTier = trafficTier;
        this.answerPlan = answerPlan;
    }

    public InspectedRequest inspected() {
        return inspected;
    }

    /** The tier of Google's capacity that the call asks for, where its role may. */
    public Optional<String> trafficTier() {
        return trafficTier;
    }

    /** What screens and shapes the answer. */
    public AnswerPlan answerPlan() {
        return answerPlan;
    }

    /** The caller's bytes but for what a guardrail masked and the role's cap. Not to be changed. */
    public byte[] body() {
        return body;
    }
}
