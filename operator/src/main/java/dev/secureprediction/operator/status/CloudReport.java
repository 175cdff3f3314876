package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What was read in Google Cloud, and what could not be done there.
 *
 * @param read whether it was read at all
 * @param identity how far the account and its bindings are
 * @param endpoint how far the endpoint is
 * @param endpointResource full resource name of the endpoint, once it exists
 * @param deployedModel id of the deployed model that takes the traffic
 * @param modelVersion model version that answers
 * @param pendingOperation name of a long operation under way
 * @param excessPermissions permissions or bindings of the account beyond what it needs
 * @param unread what could not be read, so that nothing is claimed of it
 * @param drift what somebody else changed
 */
public record CloudReport(
        boolean read,
        Progress identity,
        Progress endpoint,
        Optional<String> endpointResource,
        Optional<String> deployedModel,
        Optional<String> modelVersion,
        Optional<String> pendingOperation,
        List<String> excessPermissions,
        List<String> unread,
        List<Drift> drift) {

    /** Not read yet. */
    public static final CloudReport NOT_READ = new CloudReport(
            false,
            new Progress.Working(Reason.CloudNotReadYet, "Google Cloud has not been read yet"),
            new Progress.Working(Reason.CloudNotReadYet, "Google Cloud has not been read yet"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of());

    public CloudReport {
        excessPermissions = List.copyOf(excessPermissions);
        unread = List.copyOf(unread);
        drift = List.copyOf(drift);
    }

    /** Whether a model takes calls of the account, by what was read. */
    public boolean serves() {
        return identity instanceof Progress.Done && (endpoint instanceof Progress.Done || deployedModel.isPresent());
    }

    /**
     * One field that differs from what was wanted, though the operator had set it.
     *
     * @param resource which resource, without project
     * @param field of that resource
     * @param desired what was wanted
     * @param observed what was found
     * @param reverted whether it was put back in the same round
     */
    public record Drift(String resource, String field, String desired, String observed, boolean reverted) {}
}
