package dev.secureprediction.operator.api.v1alpha1.guardrail;

/** What follows when a guardrail cannot decide. */
public enum OnError {
    /** The call is refused. */
    Deny,
    /** The call goes on; the audit record says so. */
    Allow
}
