package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.json.Utf8;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.ResponseRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A policy's guardrails and what it makes of answers, ready to run. Immutable. */
public final class Guardrails {
    private final List<Rail> request;
    private final List<Rail> response;
    private final ResponseRules shape;
    private final Screeners screeners;

    private Guardrails(List<Rail> rails, ResponseRules shape, Screeners screeners) {
        this.request = of(rails, GuardrailStage.Request);
        this.response = of(rails, GuardrailStage.Response);
        this.shape = shape;
        this.screeners = screeners;
    }

    private static List<Rail> of(List<Rail> rails, GuardrailStage stage) {
        return rails.stream().filter(rail -> rail.stages().contains(stage)).toList();
    }

    /**
     * Those of this policy, in its order: the environment's first.
     *
     * @throws IllegalArgumentException when one cannot be run; names it
     */
    public static Guardrails compile(PolicyBundle policy, Screeners screeners) {
        List<Rail> rails = new ArrayList<>();
        for (Guardrail guardrail : policy.guardrails()) {
            try {
                rails.add(new Rail(
                        guardrail.name(),
                        guardrail.required(),
                        guardrail.stages(),
                        guardrail.onError(),
                        check(guardrail.check(), screeners)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("guardrail " + guardrail.name() + ": " + e.getMessage(), e);
            }
        }
        return new Guardrails(rails, policy.response(), screeners);
    }

    private static Rail.Check check(Guardrail.Check check, Screeners screeners) {
        return switch (check) {
            case Guardrail.DenyPatterns deny -> new Rail.Local(DenyRule.of(deny));
            case Guardrail.SensitiveData data -> new Rail.Local(SensitiveRule.of(data.kinds(), data.mask()));
            case Guardrail.ModelArmor armor -> new Rail.Remote(screeners.modelArmor(armor));
            case Guardrail.Webhook webhook -> new Rail.Remote(screeners.webhook(webhook));
        };
    }

    /**
     * The body that may go on, masked where a guardrail says so. Fails with a {@code RefusedException} where one does not
     * let it pass.
     *
     * @param reader reads a body that was changed
     */
    public CompletableFuture<byte[]> request(Content content, byte[] body, BodyReader reader, Verdicts verdicts) {
        if (request.isEmpty()) {
            return CompletableFuture.completedFuture(body);
        }
        // no UTF-8 can hold it, so that a screener would fail, which may mean that the call passes
        Optional<Part> broken = content.parts().stream()
                .filter(part -> part instanceof Part.Text text && Utf8.hasLoneSurrogate(text.text()))
                .findFirst();
        return broken.isPresent()
                ? CompletableFuture.failedFuture(
                        new RefusedException(Refusals.noText(broken.get().pointer())))
                : new RequestChain(request, reader, verdicts, screeners.longWork()).run(content, body);
    }

    /** Whether the texts of answers are looked at. */
    public boolean readAnswers() {
        return !response.isEmpty() || !shape.redact().isEmpty();
    }

    /** Reads a body again. */
    @FunctionalInterface
    public interface BodyReader {
        Content read(byte[] body) throws RefusedException;
    }

    /**
     * What answers pass: guardrails, then redaction, then the fields that callers get.
     *
     * @param reader reads a frame that was changed
     */
    public List<AnswerStage.Step> response(Function<byte[], AnswerFrame> reader, Verdicts verdicts) {
        List<AnswerStage.Step> steps = new ArrayList<>();
        List<Rail> local = new ArrayList<>();
        for (Rail rail : response) {
            switch (rail.check()) {
                case Rail.Local here -> local.add(rail);
                case Rail.Remote there -> {
                    addLocal(steps, local, reader, verdicts);
                    steps.add((next, loop) -> new RemoteStage(rail, there.screener(), verdicts, next, loop));
                }
            }
        }
        if (!shape.redact().isEmpty()) {
            local.add(new Rail(
                    "redact",
                    false,
                    List.of(GuardrailStage.Response),
                    OnError.Deny,
                    new Rail.Local(SensitiveRule.of(shape.redact(), true))));
        }
        addLocal(steps, local, reader, verdicts);
        if (!shape.fields().isEmpty()) {
            steps.add((next, loop) -> new FieldsStage(shape.fields(), reader, next));
        }
        return steps;
    }

    /** Local checks that stand together hold an answer back together. */
    private static void addLocal(
            List<AnswerStage.Step> steps, List<Rail> local, Function<byte[], AnswerFrame> reader, Verdicts verdicts) {
        if (!local.isEmpty()) {
            List<Rail> together = List.copyOf(local);
            steps.add((next, loop) -> new LocalStage(together, reader, verdicts, next));
            local.clear();
        }
    }
}
