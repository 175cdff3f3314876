package dev.secureprediction.policy.model;

/** What follows when a guardrail cannot decide. Always audited. */
public enum OnError {
    /** The call is refused. */
    Deny,
    /** The call goes on. */
    Allow
}
