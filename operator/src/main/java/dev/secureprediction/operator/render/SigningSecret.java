package dev.secureprediction.operator.render;

import dev.secureprediction.operator.promotion.SigningKeys;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;

/** The keys that verification records are signed with, in the operator's own namespace. No pod mounts it. */
public final class SigningSecret {

    public static final String NAME = "secure-prediction-signing";

    private SigningSecret() {}

    public static Secret of(String namespace, SigningKeys keys) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR))
                .endMetadata()
                .withType("Opaque")
                .withData(SecretData.encoded(keys.secretData()))
                .build();
    }
}
