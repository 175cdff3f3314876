package dev.secureprediction.operator.api.v1alpha1.environment;

/** What admits a contract. */
public enum PromotionGate {
    /** Every accepted contract is admitted. */
    None,
    /** Only one that was verified in the environment before. */
    Verified
}
