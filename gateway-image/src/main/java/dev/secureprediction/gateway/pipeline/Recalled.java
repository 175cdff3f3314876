package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.cache.StoredAnswer;

/** What came of looking for an answer that is there already. Only {@link Recaller} makes one. */
public sealed interface Recalled {

    /**
     * There is one.
     *
     * @param answer to be given as it is
     */
    record Hit(StoredAnswer answer) implements Recalled {}

    /**
     * There is none; what the model answers may be kept.
     *
     * @param request goes on
     * @param keeping watches the answer; must hear of its end, or of there being none
     */
    record Miss(GuardedRequest request, Keeping keeping) implements Recalled {}

    /**
     * No answer to this may be kept, or none is looked for.
     *
     * @param request goes on
     */
    record Bypass(GuardedRequest request) implements Recalled {}
}
