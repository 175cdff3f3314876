package dev.secureprediction.policy.model;

/** What a caller does with a model. */
public enum Action {
    /** A unary call that returns a prediction, a generation or an embedding. */
    Predict,
    /** A call whose answer arrives in parts. */
    Stream,
    /** A call that only counts tokens. */
    CountTokens,
    /** A read of the model's or endpoint's description. */
    Describe
}
