package dev.secureprediction.policy.audit;

/**
 * Something that is not as it was written.
 *
 * @param kind what kind of thing
 * @param where file and line, or the witness that says so
 * @param message what was expected and what is there
 */
public record ChainFinding(Kind kind, String where, String message) {

    /** Kinds of findings. */
    public enum Kind {
        /** A record is not what was written, or was not written by this gateway. */
        CHANGED,
        /** Records are missing between two that are there, or before the first. */
        REMOVED,
        /** A record stands after one that was written later, or twice. */
        REORDERED,
        /** Records that a witness saw are missing at the end. */
        TRUNCATED
    }
}
