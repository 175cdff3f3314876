package dev.secureprediction.operator.api.v1alpha1.endpoint;

/** What to do about cloud resources of the same name that the operator did not make. */
public enum Adoption {
    /** They stay untouched and the endpoint stalls. */
    Never,
    /** The difference is shown, nothing is touched. */
    Observe,
    /** They are taken over, by an approved plan. */
    Adopt
}
