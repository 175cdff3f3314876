package dev.secureprediction.operator.api.v1alpha1.endpoint;

/** Whose calls count, or are answered, together. */
public enum LimitScope {
    /** Those of one caller: issuer and subject. */
    Subject,
    /** Those of one organisation: issuer and tenant claim. */
    Tenant,
    /** Those of everybody in the role. */
    Role
}
