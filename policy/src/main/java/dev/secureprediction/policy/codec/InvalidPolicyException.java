package dev.secureprediction.policy.codec;

/** A policy file that cannot be enforced as it is. Its message names the field, what is wrong and what to do. */
public final class InvalidPolicyException extends RuntimeException {

    private final String pointer;
    private final String problem;

    /**
     * @param pointer JSON Pointer (RFC 6901) to the field; empty: the whole document
     * @param problem what is wrong and what to do
     */
    public InvalidPolicyException(String pointer, String problem) {
        super((pointer.isEmpty() ? "the document" : pointer) + ": " + problem);
        this.pointer = pointer;
        this.problem = problem;
    }

    /** JSON Pointer (RFC 6901) to the field; empty: the whole document. */
    public String pointer() {
        return pointer;
    }

    /** What is wrong and what to do, without the pointer. */
    public String problem() {
        return problem;
    }
}
