package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.limits.Limiter;
import dev.secureprediction.gateway.limits.Reservation;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.Limits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Seventh stage: are the tokens that it may cost still there? They are taken before the model is called. */
public final class Reserver {
    private final SurfaceRegistry surfaces = SurfaceRegistry.standard();
    private final Limiter limiter;

    public Reserver(Limiter limiter) {
        this.limiter = limiter;
    }

    /**
     * Takes the tokens; the future fails with a {@link RefusedException} where they are used up.
     *
     * @throws RefusedException when the request asks for larger answers than its role allows
     */
    public CompletableFuture<ReservedRequest> reserve(GuardedRequest request) throws RefusedException {
        InspectedRequest inspected = request.inspected();
        Optional<Limits> limits = inspected.role().limits();
        Action action = inspected.route().action();
        boolean answers = action == Action.Predict || action == Action.Stream;
        if (limits.isEmpty() || !answers) {
            return CompletableFuture.completedFuture(unlimited(request));
        }
        Capped capped = capped(request, limits.get());
        if (limits.get().tokensPerMinute().isEmpty()) {
            return CompletableFuture.completedFuture(
                    new ReservedRequest(request, capped.body(), request.answerPlan(), Reservation.NONE));
        }
        long tokens = TokenEstimate.ofPrompt(inspected.content(), request.body()) + capped.output();
        CompletableFuture<Reservation> reserved =
                limiter.reserve(inspected.policy().bundle(), inspected.role(), inspected.caller(), tokens);
        return reserved.thenApply(reservation -> new ReservedRequest(
                request,
                capped.body(),
                request.answerPlan()
                        .watchedBy(new Settlement(reservation, inspected.route().surface())),
                reservation));
    }

    /**
     * A body whose answers are capped.
     *
     * @param output tokens of all answers to it, at most
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
    private record Capped(byte[] body, long output) {}

    private Capped capped(GuardedRequest request, Limits limits) throws RefusedException {
        InspectedRequest inspected = request.inspected();
        Generation generation = inspected.content().generation();
        OptionalLong asked = generation.maxOutputTokens();
        Optional<Long> most = limits.maxOutputTokens();
        if (asked.isPresent()) {
            if (most.isPresent() && asked.getAsLong() > most.get()) {
                throw new RefusedException(Refusal.of(ErrorCode.OUTPUT_CAP_EXCEEDED)
                        .withMessage(ErrorCode.OUTPUT_CAP_EXCEEDED.message() + " At most " + most.get() + " tokens."));
            }
            return new Capped(request.body(), times(asked.getAsLong(), generation.candidates()));
        }
        Extractor extractor = surfaces.module(inspected.route().surface()).extractor();
        long cap = most.orElse(TokenEstimate.UNCAPPED_ANSWER);
        Optional<Edit> edit = extractor.capOutput(inspected.route(), request.body(), cap);
        if (edit.isEmpty()) {
            return new Capped(request.body(), 0); // an answer that has no length, such as an embedding
        }
        byte[] body = most.isPresent() ? edit.get().applyTo(request.body()) : request.body();
        return new Capped(body, times(cap, generation.candidates()));
    }

    private static long times(long tokens, long candidates) {
        return Math.multiplyExact(Math.min(tokens, Integer.MAX_VALUE), Math.clamp(candidates, 1, Integer.MAX_VALUE));
    }

    private static ReservedRequest unlimited(GuardedRequest request) {
        return new ReservedRequest(request, request.body(), request.answerPlan(), Reservation.NONE);
    }
}
