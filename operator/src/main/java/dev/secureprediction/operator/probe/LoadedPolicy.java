package dev.secureprediction.operator.probe;

import dev.secureprediction.operator.status.OwnPermissions;
import java.util.Optional;

/**
 * What a gateway says of its policy.
 *
 * @param digest of the policy in force; absent while none is loaded
 * @param refusal the last policy that it would not load
 * @param permissions what Google told it about itself; absent until it asked
 * @param modelVersion what the policy's model said it is in the answer of a real call; absent until one did
 */
public record LoadedPolicy(
        Optional<String> digest,
        Optional<Refusal> refusal,
        Optional<OwnPermissions> permissions,
        Optional<String> modelVersion) {

    /** Of a gateway that has not asked Google yet. */
    public LoadedPolicy(Optional<String> digest, Optional<Refusal> refusal) {
        this(digest, refusal, Optional.empty(), Optional.empty());
    }

    /** A policy that was refused, and why. */
    public record Refusal(String digest, String reason) {}
}
