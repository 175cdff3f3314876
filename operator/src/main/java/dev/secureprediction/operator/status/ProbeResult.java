package dev.secureprediction.operator.status;

import java.util.List;

/** What a call that a gateway must refuse came to, over all its ready pods. */
public sealed interface ProbeResult {

    /** Not made yet. */
    record NotMade() implements ProbeResult {}

    /**
     * Every ready pod refused what it must refuse.
     *
     * @param policyDigest the policy that was in force
     * @param refused which calls, as `call without a token`
     * @param canary what became of the call that must succeed
     */
    record Refused(String policyDigest, List<String> refused, Canary canary) implements ProbeResult {

        /** Keeps a copy. */
        public Refused {
            refused = List.copyOf(refused);
        }
    }

    /** What became of the canary, the worse first. */
    enum Canary {
        /** The contract has none, or the model does not serve yet. */
        NotSent,
        /** The model had no capacity. */
        Unanswered,
        Answered
    }

    /**
     * A pod let it through.
     *
     * @param pod which
     * @param call which call, as `call without a token`
     */
    record LetThrough(String pod, String call) implements ProbeResult {}

    /**
     * Pods could not be reached or not be asked all that they must refuse, and nothing that still counts was proven before.
     *
     * @param message why, without host or secret
     */
    record Missing(String message) implements ProbeResult {}

    /**
     * It came to something that it must not.
     *
     * @param message why, without host or secret
     */
    record Failed(String message) implements ProbeResult {}
}
