package dev.secureprediction.operator.plan;

/** Namespace and name of a SecurePredictionEndpoint. */
public record EndpointKey(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
