package dev.secureprediction.operator.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.policy.codec.IssuerKeysCodec;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.codec.RevocationsCodec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.TreeMap;

/** The files that a gateway enforces: the policy and, changing without it, carried keys and revocations. */
public final class GatewayPolicy {

    private GatewayPolicy() {}

    public static ConfigMap of(DesiredState state) {
        return new ConfigMapBuilder()
                .withMetadata(Labels.meta(state.gateway(), state.gateway().name()))
                .withData(new TreeMap<>(Map.of(
                        "policy.json", new String(PolicyCodec.write(state.bundle()), UTF_8),
                        "issuer-keys.json", new String(IssuerKeysCodec.write(state.issuerKeys()), UTF_8),
                        "revocations.json", new String(RevocationsCodec.write(state.revocations()), UTF_8))))
                .build();
    }
}
