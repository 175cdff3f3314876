package dev.secureprediction.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.policy.model.Surface;
import java.util.Optional;

/**
 * How a gateway is proven.
 *
 * @param verifier as whom; absent while the cluster's own issuer is not known: then only without a token
 * @param canary the one call that must succeed
 * @param intervalSeconds how long a proof is good for, before jitter
 */
public record DesiredProof(Optional<VerifierIdentity> verifier, Optional<CanaryCall> canary, int intervalSeconds) {

    /** Whether a new model can be asked to answer before it gets all calls. */
    public boolean triesModels() {
        return verifier().isPresent() && canary().isPresent();
    }

    /**
     * The contract's canary.
     *
     * @param surface its wire protocol
     * @param body its body
     */
    public record CanaryCall(Surface surface, JsonNode body) {}
}
