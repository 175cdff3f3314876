package dev.secureprediction.operator.api.v1alpha1;

/** What the operator may do about what it finds. */
public enum ManagementPolicy {
    /** Makes reality match. */
    Enforce,
    /** Reports differences and changes nothing. */
    Observe,
    /** Changes nothing; still observes. */
    Paused
}
