package dev.secureprediction.policy.decision;

import dev.secureprediction.policy.model.Role;

/** Whether a call may go on. */
public sealed interface Decision {

    /**
     * It may.
     *
     * @param role the one role that applies
     */
    record Permit(Role role) implements Decision {}

    /**
     * It may not.
     *
     * @param reason for audit records; callers learn only that they may not
     */
    record Deny(DenyReason reason) implements Decision {}
}
