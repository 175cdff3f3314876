package dev.secureprediction.operator.cloud;

/** What becomes of cloud resources when their endpoint is deleted. */
public enum DeletionPolicy {
    /** They go with it. */
    Delete,
    /** They stay; only access through the gateway's account is taken away. */
    Retain
}
