package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.resolve.Resolution;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.model.PolicyBundle;
import java.util.Optional;

/** From a resolved endpoint to all that should exist for it. Pure: the same input gives the same state. */
public final class DesiredStatePlanner {

    private DesiredStatePlanner() {}

    /** Plans. */
    public static DesiredState plan(Resolution.Resolved resolved) {
        var metadata = resolved.inputs().endpoint().getMetadata();
        EndpointKey key = new EndpointKey(metadata.getNamespace(), metadata.getName());
        Names names = Names.of(resolved.inputs().installation().id(), key);
        EffectiveValues effective = new EffectiveValues();
        CloudPlanner cloudPlanner = new CloudPlanner(resolved, key, names, effective);
        GatewayPlanner gatewayPlanner = new GatewayPlanner(resolved, key, names, effective);
        PolicyPlanner policyPlanner = new PolicyPlanner(resolved, key, names);
        String email = cloudPlanner.email();
        String contractDigest =
                ContractDigest.of(resolved.inputs().endpoint().getSpec().contract());
        DesiredCloud cloud = cloudPlanner.plan();
        DesiredGateway gateway = gatewayPlanner.plan(email);
        PolicyBundle bundle =
                policyPlanner.bundle(contractDigest, cloudPlanner.callProject(), email, gateway.maxReplicas());
        new PolicyOrigins(resolved, effective).note();
        return new DesiredState(
                key,
                contractDigest,
                PolicyCodec.digest(bundle),
                bundle,
                policyPlanner.issuerKeys(),
                RevocationPlanner.plan(resolved.inputs()),
                cloud,
                gateway,
                gatewayPlanner.url(),
                new ProofPlanner(resolved).proof(),
                MandatePlanner.plan(resolved.inputs().endpoint(), Optional.of(resolved.environment())),
                effective.sorted());
    }
}
