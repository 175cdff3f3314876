package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.Mandate;
import dev.secureprediction.policy.model.IssuerKeys;
import dev.secureprediction.policy.model.PolicyBundle;
import dev.secureprediction.policy.model.Revocations;
import java.util.List;

/**
 * All that should exist for one endpoint. The same input gives the same state, to the byte of its policy.
 *
 * @param key the endpoint
 * @param contractDigest `v1:` and the SHA-256 of the contract alone
 * @param policyDigest `sha256:` and the SHA-256 of the bundle
 * @param bundle what the gateway enforces
 * @param issuerKeys keys carried beside the bundle
 * @param revocations callers and tokens refused, beside the bundle
 * @param cloud in Google Cloud
 * @param gateway in the cluster
 * @param url where callers reach it, without a path
 * @param proof how its gateways are proven
 * @param mandate what the operator may do to make it so
 * @param effective values in force and their origin, sorted by field
 */
public record DesiredState(
        EndpointKey key,
        String contractDigest,
        String policyDigest,
        PolicyBundle bundle,
        IssuerKeys issuerKeys,
        Revocations revocations,
        DesiredCloud cloud,
        DesiredGateway gateway,
        String url,
        DesiredProof proof,
        Mandate mandate,
        List<EffectiveValue> effective) {

    public DesiredState {
        effective = List.copyOf(effective);
    }

    /** The same under another gateway image. */
    DesiredState withImage(String image) {
        return new DesiredState(
                key,
                contractDigest,
                policyDigest,
                bundle,
                issuerKeys,
                revocations,
                cloud,
                gateway.withImage(image),
                url,
                proof,
                mandate,
                effective);
    }
}
