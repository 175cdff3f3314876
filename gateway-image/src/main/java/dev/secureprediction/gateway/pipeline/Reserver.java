package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.limits.Limiter;
import dev.secureprediction.gateway.limits.Reservation;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Limits;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Seventh stage: are the tokens that it may cost still there? They are taken before the model is called. */
public final class Reserver {
    private final SurfaceRegistry surfaces = SurfaceRegistry.standard();
    private final Limiter limiter;

    public Reserver(Limiter limiter) {
        this.limiter = limiter;
    }

    /** Takes the tokens; fails with a {@link RefusedException} where they are used up. */
    public CompletableFuture<ReservedRequest> reserve(GuardedRequest request) {
        InspectedRequest inspected = request.inspected();
        Optional<Limits> limits = inspected.role().limits();
        Action action = inspected.route().action();
        boolean answers = action == Action.Predict || action == Action.Stream;
        if (limits.isEmpty() || limits.get().tokensPerMinute().isEmpty() || !answers) {
            return CompletableFuture.completedFuture(unlimited(request));
        }
        long tokens = TokenEstimate.ofPrompt(inspected.content(), request.body()) + output(request, limits.get());
        CompletableFuture<Reservation> reserved =
                limiter.reserve(inspected.policy().bundle(), inspected.role(), inspected.caller(), tokens);
        return reserved.thenApply(reservation -> new ReservedRequest(
                request,
                request.body(),
                request.answerPlan()
                        .watchedBy(new Settlement(reservation, inspected.route().surface())),
                reservation));
    }

    /** Tokens of all answers, at most; the cap of a request without one has been set by its role. */
    private long output(GuardedRequest request, Limits limits) {
        InspectedRequest inspected = request.inspected();
        Generation generation = inspected.content().generation();
        if (generation.maxOutputTokens().isPresent()) {
            return times(generation.maxOutputTokens().getAsLong(), generation.candidates());
        }
        long cap = limits.maxOutputTokens().orElse(TokenEstimate.UNCAPPED_ANSWER);
        boolean hasLength = surfaces.module(inspected.route().surface())
                .extractor()
                .capOutput(inspected.route(), inspected.body(), cap) // what goes on has one by now
                .isPresent();
        return hasLength ? times(cap, generation.candidates()) : 0; // an embedding has none
    }

    private static long times(long tokens, long candidates) {
        return Math.multiplyExact(Math.min(tokens, Integer.MAX_VALUE), Math.clamp(candidates, 1, Integer.MAX_VALUE));
    }

    private static ReservedRequest unlimited(GuardedRequest request) {
        return new ReservedRequest(request, request.body(), request.answerPlan(), Reservation.NONE);
    }
}
