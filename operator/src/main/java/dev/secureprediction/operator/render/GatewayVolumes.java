package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.Tls;
import dev.secureprediction.operator.plan.WorkloadIdentity;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a gateway's container finds as files. */
final class GatewayVolumes {

    static final String POLICY = "/etc/spe/policy";
    static final String TLS = "/etc/spe/tls";
    static final String STORE = "/etc/spe/store";
    static final String FEDERATION = "/var/run/secrets/spe/federation";

    private static final int OWNER_AND_GROUP_READ = 0440;
    private static final long TOKEN_SECONDS = 3600;

    private GatewayVolumes() {}

    static List<Volume> volumes(DesiredGateway gateway) {
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName("policy")
                .withNewConfigMap()
                .withName(gateway.name())
                .withDefaultMode(OWNER_AND_GROUP_READ)
                .endConfigMap()
                .build());
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        tlsSecret(gateway)
                .ifPresent(secret -> volumes.add(new VolumeBuilder()
                        .withName("tls")
                        .withNewSecret()
                        .withSecretName(secret)
                        .withDefaultMode(OWNER_AND_GROUP_READ)
                        .withItems(file("tls.crt"), file("tls.key"))
                        .endSecret()
                        .build()));
        gateway.storeSecretName()
                .ifPresent(secret -> volumes.add(new VolumeBuilder()
                        .withName("store")
                        .withNewSecret()
                        .withSecretName(secret)
                        .withDefaultMode(OWNER_AND_GROUP_READ)
                        .endSecret()
                        .build()));
        if (gateway.identity() instanceof WorkloadIdentity.Federation federation) {
            volumes.add(new VolumeBuilder()
                    .withName("federation")
                    .withNewProjected()
                    .withDefaultMode(OWNER_AND_GROUP_READ)
                    .addNewSource()
                    .withNewServiceAccountToken(federation.tokenAudience(), TOKEN_SECONDS, "token")
                    .endSource()
                    .endProjected()
                    .build());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(DesiredGateway gateway) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount("policy", POLICY, true));
        mounts.add(mount("tmp", "/tmp", false));
        if (tlsSecret(gateway).isPresent()) {
            mounts.add(mount("tls", TLS, true));
        }
        if (gateway.storeSecretName().isPresent()) {
            mounts.add(mount("store", STORE, true));
        }
        if (gateway.identity() instanceof WorkloadIdentity.Federation) {
            mounts.add(mount("federation", FEDERATION, true));
        }
        return mounts;
    }

    static Optional<String> tlsSecret(DesiredGateway gateway) {
        return switch (gateway.tls()) {
            case Tls.Provided provided -> Optional.of(provided.secretName());
            case Tls.Made ignored -> Optional.of(GatewayTlsSecret.name(gateway));
            case Tls.Plaintext ignored -> Optional.empty();
        };
    }

    private static KeyToPath file(String name) {
        var item = new KeyToPath();
        item.setKey(name);
        item.setPath(name);
        return item;
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        var mount = new VolumeMountBuilder().withName(name).withMountPath(path);
        return readOnly ? mount.withReadOnly(true).build() : mount.build();
    }
}
