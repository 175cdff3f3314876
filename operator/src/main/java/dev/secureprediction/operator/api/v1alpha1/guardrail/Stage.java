package dev.secureprediction.operator.api.v1alpha1.guardrail;

/** What a guardrail looks at. */
public enum Stage {
    /** What the caller sends. */
    Request,
    /** What the model answers. */
    Response
}
