package dev.secureprediction.gateway.pipeline;

import java.util.concurrent.CompletableFuture;

/** How far authentication came. */
public sealed interface Authentication {

    /** The caller is known. */
    record Done(AuthenticatedRequest request) implements Authentication {}

    /**
     * The issuer is being asked for a key.
     *
     * @param keysLooked when to try again, once
     */
    record Waiting(CompletableFuture<Void> keysLooked) implements Authentication {}
}
