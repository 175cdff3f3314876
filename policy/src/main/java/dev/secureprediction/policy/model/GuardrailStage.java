package dev.secureprediction.policy.model;

/** What a guardrail looks at. */
public enum GuardrailStage {
    /** What the caller sends. */
    Request,
    /** What the model answers. */
    Response
}
