package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.Tls;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** Where callers inside the cluster reach a gateway; its admin port is not part of it. */
public final class GatewayService {

    static final String HTTPS_NAME = "https";
    static final int HTTP = 80;
    static final int HTTPS = 443;

    private GatewayService() {}

    public static Service of(DesiredGateway gateway) {
        boolean plaintext = gateway.tls() instanceof Tls.Plaintext;
        return new ServiceBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(Labels.serving(gateway))
                .addNewPort()
                .withName(plaintext ? "http" : HTTPS_NAME)
                .withProtocol("TCP")
                .withPort(plaintext ? HTTP : HTTPS)
                .withTargetPort(new IntOrString(GatewayPorts.PUBLIC_NAME))
                .endPort()
                .endSpec()
                .build();
    }
}
