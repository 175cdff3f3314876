package dev.secureprediction.operator.api.v1alpha1.environment;

/** What follows when an audit record cannot be written. */
public enum AuditFailure {
    /** Calls are refused. */
    Refuse,
    /** Calls go on; the lost records are counted. */
    Drop
}
