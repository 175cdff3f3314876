package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.answer.AnswerPlan;
import java.util.concurrent.CompletableFuture;

/** Sixth stage: do the guardrails let it pass, the environment's first? */
public final class Guard {

    /** Runs every guardrail of the request; fails with a {@code RefusedException} where one does not let it pass. */
    public CompletableFuture<GuardedRequest> guard(InspectedRequest request) {
        // no guardrail is enforced yet: a policy with one is refused when it is loaded
        return CompletableFuture.completedFuture(new GuardedRequest(request, request.body(), AnswerPlan.DIRECT));
    }
}
