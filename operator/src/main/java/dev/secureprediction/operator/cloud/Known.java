package dev.secureprediction.operator.cloud;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an endpoint of ours beyond what can be read in Google Cloud.
 *
 * @param onTrial whether a model that was not proven yet gets but few calls until it has answered the canary
 * @param adopting whether an endpoint of our name that nobody marked may be planned for
 * @param endpointCreated when it was made: one of this name and time is ours also without its mark
 * @param provenModel id of the deployed model that may have all calls
 * @param failedModel id of a deployed model that did not answer the canary
 */
public record Known(
        boolean onTrial,
        boolean adopting,
        Optional<Instant> endpointCreated,
        Optional<String> provenModel,
        Optional<String> failedModel) {

    /** Nothing. */
    public static final Known NOTHING = new Known(false, false, Optional.empty(), Optional.empty(), Optional.empty());

    /** When our endpoint was made. */
    public static Known created(Instant at) {
        return NOTHING.withEndpointCreated(at);
    }

    /** The same, with or without trials. */
    public Known withTrial(boolean trial) {
        return new Known(trial, adopting, endpointCreated, provenModel, failedModel);
    }

    /** The same, with or without adoption. */
    public Known withAdopting(boolean adopt) {
        return new Known(onTrial, adopt, endpointCreated, provenModel, failedModel);
    }

    /** The same, with the endpoint as it was seen to be ours. */
    public Known withEndpointCreated(Instant at) {
        return new Known(onTrial, adopting, Optional.of(at), provenModel, failedModel);
    }

    /** The same, with a model that may have all calls. */
    public Known withProvenModel(String id) {
        return new Known(onTrial, adopting, endpointCreated, Optional.of(id), failedModel);
    }

    /** The same, with a model that did not answer. */
    public Known withFailedModel(String id) {
        return new Known(onTrial, adopting, endpointCreated, provenModel, Optional.of(id));
    }
}
