package dev.secureprediction.operator.api.v1alpha1.endpoint;

/** Whether a request may bring its own safety settings. */
public enum SafetySettings {
    /** It may not. */
    Locked,
    /** It may. */
    Open
}
