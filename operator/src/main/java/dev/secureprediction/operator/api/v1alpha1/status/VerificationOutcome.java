package dev.secureprediction.operator.api.v1alpha1.status;

/** Outcome of the probes. */
public enum VerificationOutcome {
    /** All of them hold. */
    Passed,
    /** One does not. */
    Failed,
    /** They could not be made. */
    Unknown
}
