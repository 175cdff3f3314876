package dev.secureprediction.operator.api.v1alpha1;

/** How much of a prompt an audit record holds, from least to most. */
public enum PromptRecording {
    /** Nothing. */
    None,
    /** A keyed hash. */
    Hash,
    /** The text. */
    Full
}
