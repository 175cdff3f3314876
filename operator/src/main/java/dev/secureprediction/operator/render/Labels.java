package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.EndpointKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The labels by which objects of the gateway namespace belong to an endpoint; owner references cannot cross namespaces. */
public final class Labels {

    public static final String NAME = "app.kubernetes.io/name";
    public static final String GATEWAY = "secure-prediction-gateway";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "secure-prediction-operator";
    public static final String ENDPOINT_NAMESPACE = "secureprediction.dev/endpoint-namespace";
    public static final String ENDPOINT_NAME = "secureprediction.dev/endpoint-name";
    public static final String ENVIRONMENT = "secureprediction.dev/environment";
    public static final String INSTALLATION = "secureprediction.dev/installation";

    /** On pods that take traffic; a pod that loses it leaves the Service and is replaced by its ReplicaSet. */
    public static final String SERVING = "secureprediction.dev/serving";

    private Labels() {}

    /** Selects all gateway objects of an installation. */
    public static String selector(String installationId) {
        return MANAGED_BY + "=" + OPERATOR + "," + NAME + "=" + GATEWAY + "," + INSTALLATION + "=" + installationId;
    }

    /** Whose gateway an object belongs to. */
    public static Optional<EndpointKey> endpoint(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        if (labels == null || !labels.containsKey(ENDPOINT_NAMESPACE) || !labels.containsKey(ENDPOINT_NAME)) {
            return Optional.empty();
        }
        return Optional.of(new EndpointKey(labels.get(ENDPOINT_NAMESPACE), labels.get(ENDPOINT_NAME)));
    }

    static ObjectMeta meta(DesiredGateway gateway, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(gateway.namespace())
                .withLabels(all(gateway))
                .build();
    }

    static Map<String, String> all(DesiredGateway gateway) {
        var labels = new TreeMap<>(owning(gateway));
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(ENVIRONMENT, gateway.environment());
        return labels;
    }

    /** Every pod of the gateway, serving or kept for inspection. */
    static Map<String, String> owning(DesiredGateway gateway) {
        return new TreeMap<>(Map.of(
                NAME, GATEWAY,
                INSTALLATION, gateway.installationId(),
                ENDPOINT_NAMESPACE, gateway.endpoint().namespace(),
                ENDPOINT_NAME, gateway.endpoint().name()));
    }

    /** The pods that take traffic. */
    static Map<String, String> serving(DesiredGateway gateway) {
        var labels = new TreeMap<>(owning(gateway));
        labels.put(SERVING, "true");
        return labels;
    }
}
