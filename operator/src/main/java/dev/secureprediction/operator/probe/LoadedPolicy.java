package dev.secureprediction.operator.probe;

import java.util.Optional;

/**
 * What a gateway says of its policy.
 *
 * @param digest of the policy in force; absent while none is loaded
 * @param refusal the last policy that it would not load
 */
public record LoadedPolicy(Optional<String> digest, Optional<Refusal> refusal) {

    /** A policy that was refused, and why. */
    public record Refusal(String digest, String reason) {}
}
