package dev.secureprediction.operator.api.v1alpha1.environment;

/** What follows when the shared store is down. */
public enum StoreFailure {
    /** Each replica limits by itself. */
    Local,
    /** Calls are refused. */
    Refuse
}
