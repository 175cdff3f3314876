package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.answer.AnswerPlan;
import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.guardrail.Guardrails;
import dev.secureprediction.gateway.guardrail.Verdicts;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sixth stage: does the role allow what the body holds, and do the guardrails let it pass, the environment's first? What
 * the answer must pass is settled here as well.
 */
public final class Guard {
    private final SurfaceRegistry surfaces = SurfaceRegistry.standard();

    /**
     * Runs every guardrail of the request; fails with a {@code RefusedException} where one does not let it pass.
     *
     * @param verdicts hears what each of them said, now and while the answer is made
     */
    public CompletableFuture<GuardedRequest> guard(InspectedRequest request, Verdicts verdicts)
            throws RefusedException {
        Route route = request.route();
        DataBoundary.check(request.role(), route.surface(), request.content());
        DataBoundary.checkRoute(
                request.role(), request.policy().bundle().upstream().model(), route.surface(), request.content());
        Optional<String> tier = DataBoundary.trafficTier(request.head(), request.role());
        if (!route.operation().hasBody()) {
            return done(new GuardedRequest(request, request.body(), tier, AnswerPlan.DIRECT));
        }
        Extractor extractor = surfaces.module(route.surface()).extractor();
        Guardrails guardrails = request.policy().guardrails();
        Optional<String> logprobs = request.content().generation().logprobs();
        if (logprobs.isPresent() && guardrails.readAnswers()) {
            throw new RefusedException(Refusal.ofField(
                            ErrorCode.CONTENT_UNSCREENABLE,
                            new FieldViolation(logprobs.get(), "says the answer once more in pieces; leave it out"))
                    .withAuditReason("UNSCREENABLE:LOGPROBS"));
        }
        List<AnswerStage.Step> steps = guardrails.response(frame -> extractor.answer(route, frame), verdicts);
        AnswerPlan plan = steps.isEmpty() ? AnswerPlan.DIRECT : new AnswerPlan(steps, List.of());
        CompletableFuture<byte[]> passed =
                guardrails.request(request.content(), request.body(), body -> extractor.read(route, body), verdicts);
        return passed.thenApply(body -> new GuardedRequest(request, capped(request, extractor, body), tier, plan));
    }

    private static CompletableFuture<GuardedRequest> done(GuardedRequest request) {
        return CompletableFuture.completedFuture(request);
    }

    /** A body without a cap gets the role's. */
    private static byte[] capped(InspectedRequest request, Extractor extractor, byte[] body) {
        Optional<Long> cap = DataBoundary.outputCap(request.role());
        boolean missing = request.content().generation().maxOutputTokens().isEmpty();
        return cap.isEmpty() || !missing || !request.isJson()
                ? body
                : extractor
                        .capOutput(request.route(), body, cap.get())
                        .map(edit -> edit.applyTo(body))
                        .orElse(body);
    }
}
