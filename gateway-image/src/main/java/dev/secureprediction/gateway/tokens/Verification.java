package dev.secureprediction.gateway.tokens;

import java.util.concurrent.CompletableFuture;

/** The outcome of verifying a token. */
public sealed interface Verification {

    /** The token is good. */
    record Valid(VerifiedToken token) implements Verification {}

    /** The token is refused. */
    record Faulty(TokenFault fault) implements Verification {}

    /**
     * The token names a key that is not known; the issuer is being asked. Verify once more when that has ended.
     *
     * @param looked ends when the issuer has answered or failed
     */
    record Pending(CompletableFuture<Void> looked) implements Verification {}
}
