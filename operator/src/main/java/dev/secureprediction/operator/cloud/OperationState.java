package dev.secureprediction.operator.cloud;

/** State of a long-running operation, asked for by its name. */
public sealed interface OperationState {

    /** Full resource name. */
    String name();

    /** Not done yet. */
    record Running(String name) implements OperationState {}

    /** Done. */
    record Succeeded(String name) implements OperationState {}

    /**
     * Done, without effect.
     *
     * @param name full resource name
     * @param message why, in Google's words
     */
    record Failed(String name, String message) implements OperationState {}

    /** Google no longer knows it; what it did shows in the resources. */
    record Vanished(String name) implements OperationState {}
}
