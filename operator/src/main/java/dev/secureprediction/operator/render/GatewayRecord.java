package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/** Keeps the {@link RecordedState}; no pod mounts it. Its finalizer keeps it while there is something to take away. */
public final class GatewayRecord {

    /** What its name ends with, after the gateway's. */
    public static final String SUFFIX = "-record";

    private static final String FINALIZER = "secureprediction.dev/record";

    private GatewayRecord() {}

    public static ConfigMap of(DesiredGateway gateway, RecordedState state) {
        return new ConfigMapBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name() + SUFFIX))
                .editMetadata()
                .withFinalizers(FINALIZER)
                .endMetadata()
                .withData(state.data())
                .build();
    }
}
