package dev.secureprediction.operator.api.v1alpha1;

/** What becomes of cloud resources when the endpoint's resource is deleted. */
public enum DeletionPolicy {
    /** Those that the operator made are deleted. */
    Delete,
    /** They stay, without any access. */
    Retain
}
