package dev.secureprediction.operator.probe;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** Tokens of service accounts, which are made when they are not there. */
record TokenRequests(KubernetesClient client) implements VerifierTokens.Source {

    /** The shortest that the API server gives. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    @Override
    public String token(String namespace, String account, String audience) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audience)
                .withExpirationSeconds(LIFETIME.toSeconds())
                .endSpec()
                .build();
        var accounts = client.serviceAccounts().inNamespace(namespace);
        try {
            return accounts.withName(account).tokenRequest(request).getStatus().getToken();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            accounts.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(account)
                            .addToLabels("app.kubernetes.io/managed-by", "secure-prediction-operator")
                            .endMetadata()
                            .withAutomountServiceAccountToken(false)
                            .build())
                    .create();
            return accounts.withName(account).tokenRequest(request).getStatus().getToken();
        }
    }
}
