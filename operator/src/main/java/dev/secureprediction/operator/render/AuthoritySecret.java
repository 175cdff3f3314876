package dev.secureprediction.operator.render;

import dev.secureprediction.operator.tls.AuthorityChain;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;

/** The authorities of a gateway namespace, with their keys. No pod mounts it. */
public final class AuthoritySecret {

    public static final String NAME = "secure-prediction-authority";

    private AuthoritySecret() {}

    public static Secret of(String namespace, String installationId, AuthorityChain authorities) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.INSTALLATION, installationId))
                .endMetadata()
                .withType("Opaque")
                .withData(SecretData.encoded(authorities.secretData()))
                .build();
    }
}
