package dev.secureprediction.policy.model;

/** Whose calls count, or are answered, together. */
public enum LimitScope {
    /** Those of one caller: issuer and subject. */
    Subject,
    /** Those of one organisation: issuer and tenant claim; a caller without that claim counts alone. */
    Tenant,
    /** Those of everybody in the role. */
    Role
}
