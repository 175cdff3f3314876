package dev.secureprediction.operator.plan;

/**
 * Which edition of its environment an endpoint runs by.
 *
 * @param revision of the edition
 * @param wasReady whether it was Ready before it got that one, so that a failure now speaks against the edition
 * @param generation of the endpoint at that time; after an edit of its own it says nothing about the environment's
 */
public record EditionInUse(String revision, boolean wasReady, long generation) {

    /** The first one, of a new endpoint. */
    public static EditionInUse first(String revision) {
        return new EditionInUse(revision, false, 0);
    }

    /**
     * The next one. What an edition broke stays to be mended by those after it.
     *
     * @param isReady whether the endpoint is, before it gets that one
     */
    public EditionInUse then(String next, boolean isReady, long generationNow) {
        return new EditionInUse(next, isReady || (wasReady && generation == generationNow), generationNow);
    }

    boolean isFirst() {
        return generation == 0;
    }
}
