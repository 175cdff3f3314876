package dev.secureprediction.policy.schema;

/** A schema that cannot be used as it is. */
public final class InvalidSchemaException extends RuntimeException {

    private final String pointer;
    private final String problem;

    /**
     * @param pointer JSON Pointer (RFC 6901) into the schema; empty: the whole schema
     * @param problem what is wrong and what to do
     */
    public InvalidSchemaException(String pointer, String problem) {
        super(problem);
        this.pointer = pointer;
        this.problem = problem;
    }

    @Override
    public String getMessage() {
        return problem;
    }

    /** JSON Pointer (RFC 6901) into the schema; empty: the whole schema. */
    public String pointer() {
        return pointer;
    }
}
