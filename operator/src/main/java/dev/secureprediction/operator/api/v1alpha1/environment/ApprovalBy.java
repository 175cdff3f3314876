package dev.secureprediction.operator.api.v1alpha1.environment;

/** Who approves a plan that destroys or adopts. */
public enum ApprovalBy {
    /** Nobody has to. */
    None,
    /** The application team, by `approvedPlanHash`. */
    Owner,
    /** The platform team, by an entry of `approvals`. */
    Platform
}
