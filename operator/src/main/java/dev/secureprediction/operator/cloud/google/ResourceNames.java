package dev.secureprediction.operator.cloud.google;

import dev.secureprediction.operator.cloud.CloudScope;
import dev.secureprediction.operator.cloud.DesiredDeployment;

/**
 * Full resource names within a scope.
 *
 * @param scope project and location
 */
record ResourceNames(CloudScope scope) {

    String project() {
        return "projects/" + scope.project();
    }

    String location() {
        return project() + "/locations/" + scope.location();
    }

    String endpoint(String endpointId) {
        return location() + "/endpoints/" + endpointId;
    }

    String model(DesiredDeployment deployment) {
        return location() + "/models/" + deployment.modelId() + "@" + deployment.modelVersion();
    }

    String account(String email) {
        return project() + "/serviceAccounts/" + email;
    }

    /** The part after the last slash, without a version. */
    static String lastSegment(String name) {
        String segment = name.substring(name.lastIndexOf('/') + 1);
        int version = segment.indexOf('@');
        return version < 0 ? segment : segment.substring(0, version);
    }
}
