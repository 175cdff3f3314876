package dev.secureprediction.gateway.tokens;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where an issuer's keys are kept up to date. */
sealed interface IssuerKeySource permits FetchedKeys, CarriedKeys {

    /** The keys that may verify now; empty while there are none or the last good ones are too old. */
    KeySet current();

    /** When the current keys were last confirmed. */
    Optional<Instant> confirmedAt();

    /** Whether a first attempt to get keys has ended, well or not. */
    boolean attempted();

    /**
     * Looks for a key that is not among the current ones.
     *
     * @return when the look ends; empty when it was looked for a short while ago, or there is nowhere to look
     */
    Optional<CompletableFuture<Void>> lookFor(String keyId);
}
