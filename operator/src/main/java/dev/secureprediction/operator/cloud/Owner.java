package dev.secureprediction.operator.cloud;

/**
 * Whose resources these are; written on everything that the operator makes in Google Cloud.
 *
 * @param installationId of the operator's installation, unique in the organisation
 * @param namespace of the SecurePredictionEndpoint
 * @param name of the SecurePredictionEndpoint
 * @param uid of the SecurePredictionEndpoint; informs only, since a restored resource has another
 */
public record Owner(String installationId, String namespace, String name, String uid) {

    /** What decides ownership: `installationId/namespace/name`, stable over restore and migration. */
    public String mark() {
        return installationId + "/" + namespace + "/" + name;
    }
}
