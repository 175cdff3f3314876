package dev.secureprediction.gateway.pipeline;

import java.util.concurrent.CompletableFuture;

/** Seventh stage: are the tokens that it may cost still there? They are taken before the model is called. */
public final class Reserver {

    /** Takes the tokens; fails with a {@code RefusedException} where they are used up. */
    public CompletableFuture<ReservedRequest> reserve(GuardedRequest request) {
        // no token budget is enforced yet: a policy with limits is refused when it is loaded
        return CompletableFuture.completedFuture(new ReservedRequest(request, request.answerPlan()));
    }
}
