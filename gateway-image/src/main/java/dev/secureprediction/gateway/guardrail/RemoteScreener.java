package dev.secureprediction.gateway.guardrail;

import java.util.concurrent.CompletableFuture;

/** Asks somebody else whether something may pass. */
interface RemoteScreener {

    /** Whether it can judge such a thing at all. */
    boolean reads(Screening.Item item);

    /** Whether all of it may pass; fails where there is no clear answer in time. */
    CompletableFuture<Boolean> passes(Screening screening);
}
