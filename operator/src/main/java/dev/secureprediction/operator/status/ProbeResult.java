package dev.secureprediction.operator.status;

/** What a call that a gateway must refuse came to, over all its ready pods. */
public sealed interface ProbeResult {

    /** Not made yet. */
    record NotMade() implements ProbeResult {}

    /**
     * Every ready pod refused it.
     *
     * @param policyDigest the policy that was in force
     */
    record Refused(String policyDigest) implements ProbeResult {}

    /**
     * A pod let it through.
     *
     * @param pod which
     * @param call which call, as `call without a token`
     */
    record LetThrough(String pod, String call) implements ProbeResult {}

    /**
     * Pods could not be reached, and nothing that still counts was proven before.
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
