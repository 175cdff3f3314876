package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.CloudEndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import java.util.Optional;

/**
 * Versions that models say they are, compared: a publisher may move a name to another version, in one place before another, and
 * no contract changes by it.
 */
final class ModelVersions {

    private ModelVersions() {}

    /** What answers at an endpoint, as far as known. */
    static Optional<String> of(SecurePredictionEndpoint endpoint) {
        return Optional.ofNullable(endpoint.getStatus())
                .map(EndpointStatus::endpoint)
                .map(CloudEndpointStatus::modelVersion);
    }

    /** What to add to a message; nothing where both are the same, or one is not known. */
    static String difference(Optional<String> mine, Optional<String> theirs) {
        return mine.isPresent() && theirs.isPresent() && !mine.equals(theirs)
                ? "; but here the model answers as " + mine.get() + ", and there as " + theirs.get()
                : "";
    }
}
