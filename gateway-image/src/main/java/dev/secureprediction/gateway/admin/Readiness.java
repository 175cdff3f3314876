package dev.secureprediction.gateway.admin;

import dev.secureprediction.gateway.policy.PolicyInForce;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.server.Draining;
import dev.secureprediction.gateway.server.FirstUse;
import dev.secureprediction.gateway.tokens.TokenVerifier.IssuerState;
import dev.secureprediction.policy.model.Verifier;
import java.util.List;
import java.util.Optional;

/**
 * Whether calls should come here. Ready once a policy has passed its self-test and every issuer was asked for its keys, if
 * at least one had some (one issuer that is down must not keep the callers of the others out), and what a first call needs
 * is there or was waited for in vain.
 */
public final class Readiness {
    private final PolicyInForce policy;
    private final FirstUse firstUse;
    private final Draining draining;

    public Readiness(PolicyInForce policy, FirstUse firstUse, Draining draining) {
        this.policy = policy;
        this.firstUse = firstUse;
        this.draining = draining;
    }

    /** Why not; empty when ready. */
    public Optional<String> obstacle() {
        if (draining.hasBegun()) {
            return Optional.of("draining");
        }
        Optional<PolicySnapshot> snapshot = policy.current();
        if (snapshot.isEmpty()) {
            return Optional.of("no policy is in force");
        }
        List<IssuerState> issuers = snapshot.get().tokens().issuers();
        if (!issuers.stream().allMatch(IssuerState::attempted)) {
            return Optional.of("waiting for issuer keys");
        }
        // the operator's own probes are no callers to be ready for
        return issuers.stream()
                        .filter(issuer -> !issuer.name().equals(Verifier.ISSUER))
                        .anyMatch(issuer -> issuer.keys() > 0)
                ? firstUse.obstacle()
                : Optional.of("no issuer has keys");
    }
}
