package dev.secureprediction.gateway.surface;

/** Whose text a part is. */
public enum Speaker {
    System,
    User,
    Model,
    /** What a model thought on the way to its answer. */
    Thought,
    ToolArguments,
    ToolResult,
    /** A text of a body that knows no speakers, such as the instances of a prediction. */
    Data
}
