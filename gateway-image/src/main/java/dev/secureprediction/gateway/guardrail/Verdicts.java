package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.policy.model.GuardrailStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the guardrails said of one call, for its audit record. For any thread. */
public final class Verdicts {
    private final List<Verdict> verdicts = new ArrayList<>();

    /**
     * What one guardrail said in one stage, over all texts that it saw there.
     *
     * @param guardrail its name, never its rules
     * @param required whether the environment asks for it
     * @param stage what it looked at
     * @param outcome the worst
     * @param took how long it took, all together
     */
    public record Verdict(String guardrail, boolean required, GuardrailStage stage, Outcome outcome, Duration took) {}

    /** What a guardrail said, from best to worst. */
    public enum Outcome {
        Passed,
        Masked,
        /** It could not decide, and is set to let such calls pass. */
        FailedOpen,
        /** It could not decide, and the call was refused. */
        Failed,
        /** The call held something that it cannot read. */
        Unscreenable,
        Blocked
    }

    /** Adds what a guardrail said of one more text. */
    synchronized void add(Rail rail, GuardrailStage stage, Outcome outcome, Duration took) {
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict before = verdicts.get(i);
            boolean same = before.guardrail().equals(rail.name())
                    && before.required() == rail.required()
                    && before.stage() == stage;
            if (same) {
                Outcome worse = outcome.compareTo(before.outcome()) > 0 ? outcome : before.outcome();
                verdicts.set(
                        i,
                        new Verdict(
                                rail.name(),
                                rail.required(),
                                stage,
                                worse,
                                before.took().plus(took)));
                return;
            }
        }
        verdicts.add(new Verdict(rail.name(), rail.required(), stage, outcome, took));
    }

    /** All of them, in the order in which the guardrails began. */
    public synchronized List<Verdict> all() {
        return List.copyOf(verdicts);
    }
}
