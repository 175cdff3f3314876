package dev.secureprediction.operator.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.policy.codec.IssuerKeysCodec;
import dev.secureprediction.policy.codec.PolicyCodec;
import dev.secureprediction.policy.codec.RevocationsCodec;
import dev.secureprediction.policy.model.Revocations;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.TreeMap;

/** The files that a gateway enforces: the policy and, changing without it, carried keys and revocations. */
public final class GatewayPolicy {

    /** Who is refused, whatever else is in force. */
    public static final String REVOCATIONS = "revocations.json";

    private GatewayPolicy() {}

    /** The content of {@link #REVOCATIONS}. */
    public static String revocations(Revocations revocations) {
        return new String(RevocationsCodec.write(revocations), UTF_8);
    }

    /** The same policy as it stands, but with those revoked who are now; for when nothing else may be written. */
    public static ConfigMap revoking(DesiredState state, ConfigMap standing) {
        var files = new TreeMap<>(standing.getData());
        files.put(REVOCATIONS, revocations(state.revocations()));
        return new ConfigMapBuilder()
                .withMetadata(
                        Labels.meta(state.gateway(), standing.getMetadata().getName()))
                .withData(files)
                .build();
    }

    public static ConfigMap of(DesiredState state) {
        return new ConfigMapBuilder()
                .withMetadata(Labels.meta(state.gateway(), state.gateway().name()))
                .withData(new TreeMap<>(Map.of(
                        "policy.json",
                        new String(PolicyCodec.write(state.bundle()), UTF_8),
                        "issuer-keys.json",
                        new String(IssuerKeysCodec.write(state.issuerKeys()), UTF_8),
                        REVOCATIONS,
                        revocations(state.revocations()))))
                .build();
    }
}
