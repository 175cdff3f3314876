package dev.secureprediction.operator.cloud;

/** What applying a change came to. */
public sealed interface Outcome {

    /** It is done. */
    record Done() implements Outcome {}

    /**
     * It was begun; the operation's name belongs into status at once, so that it outlives this process.
     *
     * @param operationName full resource name
     */
    record Pending(String operationName) implements Outcome {}
}
