package dev.secureprediction.operator.cloud;

import java.util.Optional;

/** The Vertex AI endpoint that answers. */
public sealed interface DesiredEndpoint {

    /** Publisher models are called without one. */
    record None() implements DesiredEndpoint {}

    /**
     * Someone else's; only bound, never changed.
     *
     * @param endpointId last segment of its resource name
     */
    record Existing(String endpointId) implements DesiredEndpoint {}

    /**
     * Made by the operator.
     *
     * @param endpointId letter first, at most 63 of `[a-z0-9-]`
     * @param displayName shown to people, at most 128 characters
     * @param encryptionKey full resource name of a customer managed key
     * @param deployment what is deployed to it
     */
    record Created(String endpointId, String displayName, Optional<String> encryptionKey, DesiredDeployment deployment)
            implements DesiredEndpoint {}
}
