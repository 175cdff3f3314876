package dev.secureprediction.operator.api.v1alpha1.guardrail;

/** What follows when sensitive data is found. */
public enum SensitiveDataAction {
    /** The call is refused. */
    Block,
    /** What was found is replaced. */
    Mask
}
