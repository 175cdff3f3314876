package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.DesiredRoute;
import dev.secureprediction.operator.plan.Tls;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a Gateway of the Gateway API leads callers to ours, and how it recognises ours: it speaks TLS to it. */
public final class GatewayRoute {

    private static final String GROUP = "gateway.networking.k8s.io";
    private static final String AUTHORITY_KEY = "ca.crt";

    private GatewayRoute() {}

    /** What the desired state alone says of it. */
    static List<HasMetadata> of(DesiredGateway gateway) {
        var objects = new ArrayList<HasMetadata>();
        gateway.route().ifPresent(route -> {
            objects.add(route(gateway, route));
            tls(gateway, route).ifPresent(objects::add);
        });
        return objects;
    }

    /** The authority of the certificate that the operator makes. */
    public static Optional<ConfigMap> authority(DesiredGateway gateway, Optional<String> authorityPem) {
        return gateway.route()
                .flatMap(ignored -> authorityPem)
                .map(pem -> new ConfigMapBuilder()
                        .withMetadata(Labels.meta(gateway, authorityName(gateway)))
                        .addToData(AUTHORITY_KEY, pem)
                        .build());
    }

    /** Whether an object is of the Gateway API, which a cluster need not have. */
    public static boolean isOfGatewayApi(HasMetadata object) {
        return object instanceof HTTPRoute || object instanceof BackendTLSPolicy;
    }

    private static HTTPRoute route(DesiredGateway gateway, DesiredRoute route) {
        boolean plaintext = gateway.tls() instanceof Tls.Plaintext;
        String timeout = route.timeout().toSeconds() + "s";
        return new HTTPRouteBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withNewSpec()
                .addNewParentRef()
                .withGroup(GROUP)
                .withKind("Gateway")
                .withNamespace(route.parentNamespace())
                .withName(route.parentName())
                .withSectionName(route.listener().orElse(null))
                .endParentRef()
                .withHostnames(route.hostname())
                .addNewRule()
                .addNewMatch()
                .withNewPath("PathPrefix", "/")
                .endMatch()
                .addNewBackendRef()
                .withGroup("")
                .withKind("Service")
                .withName(gateway.name())
                .withPort(plaintext ? GatewayService.HTTP : GatewayService.HTTPS)
                .withWeight(1)
                .endBackendRef()
                // a stream is one request: what such Gateways do without this ends it after seconds
                .withNewTimeouts(timeout, timeout)
                .endRule()
                .endSpec()
                .build();
    }

    private static Optional<BackendTLSPolicy> tls(DesiredGateway gateway, DesiredRoute route) {
        if (gateway.tls() instanceof Tls.Plaintext) {
            return Optional.empty();
        }
        var spec = new BackendTLSPolicyBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withNewSpec()
                .addNewTargetRef("", "Service", gateway.name(), GatewayService.HTTPS_NAME)
                .withNewValidation()
                .withHostname(route.hostname());
        if (gateway.tls() instanceof Tls.Made) {
            spec = spec.addNewCaCertificateRef("", "ConfigMap", authorityName(gateway));
        } else {
            spec = spec.withWellKnownCACertificates("System");
        }
        return Optional.of(spec.endValidation().endSpec().build());
    }

    private static String authorityName(DesiredGateway gateway) {
        return gateway.name() + "-authority";
    }
}
