package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.WorkloadIdentity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** The account that a gateway's pods run as; it holds no Kubernetes permission. */
public final class GatewayServiceAccount {

    private static final String GOOGLE_ACCOUNT = "iam.gke.io/gcp-service-account";

    private GatewayServiceAccount() {}

    public static ServiceAccount of(DesiredGateway gateway) {
        var account = new ServiceAccountBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withAutomountServiceAccountToken(false);
        return switch (gateway.identity()) {
            case WorkloadIdentity.Gke gke ->
                account.editMetadata()
                        .addToAnnotations(GOOGLE_ACCOUNT, gke.serviceAccountEmail())
                        .endMetadata()
                        .build();
            case WorkloadIdentity.Federation ignored -> account.build();
        };
    }
}
