package dev.secureprediction.policy.decision;

/** Why a call may not go on. */
public enum DenyReason {
    /** The endpoint does not serve this surface. */
    SurfaceNotServed,
    /** No role lists the token's issuer. */
    IssuerWithoutRole,
    /** No expression of a role for this issuer is true. */
    NoRoleMatches,
    /** A role matches the caller, but none that matches allows the action. */
    ActionNotAllowed
}
