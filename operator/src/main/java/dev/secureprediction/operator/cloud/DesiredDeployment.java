package dev.secureprediction.operator.cloud;

/**
 * A model of the Model Registry on machines of its own.
 *
 * @param modelId id in the Model Registry
 * @param modelVersion version number or alias
 * @param fingerprint value that the version must carry as the label `secure-prediction-fingerprint`
 * @param machineType Compute Engine machine type
 * @param minReplicas at least 1
 * @param maxReplicas at least minReplicas
 */
public record DesiredDeployment(
        String modelId, String modelVersion, String fingerprint, String machineType, int minReplicas, int maxReplicas) {

    /** Label of a model version that says what is in it. */
    public static final String FINGERPRINT_LABEL = "secure-prediction-fingerprint";
}
