package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.tls.AuthorityChain;
import dev.secureprediction.operator.tls.Leaf;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/** The certificate that the operator made for a gateway. */
public final class GatewayTlsSecret {

    private GatewayTlsSecret() {}

    public static String name(DesiredGateway gateway) {
        return name(gateway.name());
    }

    /** Of a gateway of that name. */
    public static String name(String gateway) {
        return gateway + "-tls";
    }

    public static Secret of(DesiredGateway gateway, Leaf leaf, AuthorityChain authorities) {
        return new SecretBuilder()
                .withMetadata(Labels.meta(gateway, name(gateway)))
                .withType("kubernetes.io/tls")
                .withData(SecretData.encoded(leaf.secretData(authorities)))
                .build();
    }
}
