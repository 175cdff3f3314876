package dev.secureprediction.gateway.limits;

import dev.secureprediction.policy.model.Limits;
import java.util.concurrent.CompletableFuture;

/**
 * Where use is counted. Safe for use by many threads; never blocks. Futures fail with {@link StoreDownException} where
 * nothing could be counted, and with nothing else.
 */
public interface LimitStore {

    /** Counts a call that begins: one request and one place; both or none. */
    CompletableFuture<Taken> enter(LimitKey key, Limits limits, int pods);

    /** Takes tokens of the budget, if so many are there. */
    CompletableFuture<Taken> takeTokens(LimitKey key, Limits limits, int pods, long tokens);

    /** Corrects what was taken, in this place: gives tokens back, or takes more (negative), into debt. */
    void giveTokens(LimitKey key, Limits limits, int pods, long tokens, Taken.Counted where);
}
