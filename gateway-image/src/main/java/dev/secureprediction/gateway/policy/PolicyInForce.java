package dev.secureprediction.gateway.policy;

import java.util.Optional;

/** Holds the policy in force; swapped whole. Every call is refused while there is none. */
public final class PolicyInForce {
    private volatile Optional<PolicySnapshot> snapshot = Optional.empty();
    private volatile Optional<PolicyRefusal> lastRefusal = Optional.empty();

    public Optional<PolicySnapshot> current() {
        return snapshot;
    }

    /** Why what now lies in the directory is not in force; empty when it is. */
    public Optional<PolicyRefusal> lastRefusal() {
        return lastRefusal;
    }

    void accept(PolicySnapshot next) {
        snapshot = Optional.of(next);
    }

    void settled() {
        lastRefusal = Optional.empty();
    }

    void refuse(PolicyRefusal refusal) {
        lastRefusal = Optional.of(refusal);
    }
}
