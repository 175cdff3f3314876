package dev.secureprediction.sandbox.cloud.observe;

/** What can be had only so often per minute and project. */
public enum Quota {
    /** Requests that start a long running operation; Google's own figure is 60. */
    OPERATIONS,
    /** Other requests to Vertex AI's control plane; Google's own figure is 600. */
    VERTEX_REQUESTS,
    /** Requests that change accounts, roles and policies; Google's own figure is 600. */
    IAM_WRITES,
    /** Predictions; Google's own figure is 30,000. */
    PREDICTIONS
}
