package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.WorkloadIdentity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.ArrayList;
import java.util.List;

/** The gateway's container. */
final class GatewayContainer {

    static final int DRAIN_SECONDS = 20;

    private GatewayContainer() {}

    static Container of(DesiredGateway gateway) {
        return new ContainerBuilder()
                .withName("gateway")
                .withImage(gateway.image())
                .withImagePullPolicy("IfNotPresent")
                .addNewPort()
                .withName(GatewayPorts.PUBLIC_NAME)
                .withProtocol("TCP")
                .withContainerPort(GatewayPorts.PUBLIC)
                .endPort()
                .addNewPort()
                .withName(GatewayPorts.ADMIN_NAME)
                .withProtocol("TCP")
                .withContainerPort(GatewayPorts.ADMIN)
                .endPort()
                .withEnv(environment(gateway))
                .withResources(gateway.resources())
                .withVolumeMounts(GatewayVolumes.mounts(gateway))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withStartupProbe(probe("/livez", 1, 60))
                .withLivenessProbe(probe("/livez", 10, 3))
                .withReadinessProbe(probe("/readyz", 2, 2))
                .build();
    }

    private static List<EnvVar> environment(DesiredGateway gateway) {
        var variables = new ArrayList<EnvVar>();
        variables.add(variable("SPE_POLICY_DIRECTORY", GatewayVolumes.POLICY));
        if (GatewayVolumes.tlsSecret(gateway).isPresent()) {
            variables.add(variable("SPE_TLS_DIRECTORY", GatewayVolumes.TLS));
        }
        variables.add(fromField("SPE_BIND_ADDRESS", "status.podIP"));
        variables.add(variable("SPE_PORT", String.valueOf(GatewayPorts.PUBLIC)));
        variables.add(variable("SPE_ADMIN_PORT", String.valueOf(GatewayPorts.ADMIN)));
        if (gateway.identity() instanceof WorkloadIdentity.Federation) {
            variables.add(variable("SPE_FEDERATION_TOKEN_FILE", GatewayVolumes.FEDERATION + "/token"));
        }
        if (gateway.storeSecretName().isPresent()) {
            variables.add(variable("SPE_STORE_DIRECTORY", GatewayVolumes.STORE));
        }
        gateway.telemetry().collector().ifPresent(collector -> {
            variables.add(variable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.toString()));
            if (gateway.telemetry().audit()) {
                variables.add(variable("SPE_AUDIT_OTLP", "true"));
            }
        });
        variables.add(variable("SPE_DRAIN_SECONDS", String.valueOf(DRAIN_SECONDS)));
        variables.add(fromField("SPE_POD_NAME", "metadata.name"));
        return variables;
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVar(name, value, null);
    }

    private static EnvVar fromField(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(GatewayPorts.ADMIN_NAME))
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(2)
                .withFailureThreshold(failures)
                .build();
    }
}
