package dev.secureprediction.policy.decision;

/** An expression that does not compile. */
public final class InvalidExpressionException extends RuntimeException {

    private final String problem;
    private final int line;
    private final int column;

    /**
     * @param problem what is wrong
     * @param line from 1
     * @param column from 1
     */
    public InvalidExpressionException(String problem, int line, int column) {
        super(problem);
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    @Override
    public String getMessage() {
        return problem;
    }

    /** Line of the fault, from 1. */
    public int line() {
        return line;
    }

    /** Column of the fault, from 1. */
    public int column() {
        return column;
    }
}
