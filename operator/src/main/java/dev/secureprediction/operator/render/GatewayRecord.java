package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/**
 * Keeps the {@link RecordedState}; no pod mounts it. It lies with the operator, so that it outlives the gateway's namespace: what
 * was made in Google Cloud is taken away by it.
 */
public final class GatewayRecord {

    /** What its name ends with, after the gateway's. */
    public static final String SUFFIX = "-record";

    private GatewayRecord() {}

    /**
     * The record of a gateway.
     *
     * @param namespace where the operator runs
     */
    public static ConfigMap of(DesiredGateway gateway, RecordedState state, String namespace) {
        return new ConfigMapBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name() + SUFFIX))
                .editMetadata()
                .withNamespace(namespace)
                .endMetadata()
                .withData(state.data())
                .build();
    }

    /** The same record with another state. */
    public static ConfigMap changed(ConfigMap record, RecordedState state) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(record.getMetadata().getName())
                .withNamespace(record.getMetadata().getNamespace())
                .withLabels(record.getMetadata().getLabels())
                .endMetadata()
                .withData(state.data())
                .build();
    }
}
