package dev.secureprediction.policy.model;

import java.util.Optional;

/**
 * Where calls go. The host comes from here alone, never from a request.
 *
 * @param authority `host` or `host:port`; https always
 * @param project Google Cloud project id that the calls are made in
 * @param projectNumber its number, accepted in paths like the id; the id once more where nobody said it
 * @param location region, or `global`
 * @param model the model
 * @param credential how the gateway gets its Google access token
 * @param resourceManager where the gateway asks what it may do in the project, `host` or `host:port`; absent: Google's own
 */
public record Upstream(
        String authority,
        String project,
        String projectNumber,
        String location,
        Model model,
        Credential credential,
        Optional<String> resourceManager) {

    /** With Google's own resource manager. */
    public Upstream(
            String authority,
            String project,
            String projectNumber,
            String location,
            Model model,
            Credential credential) {
        this(authority, project, projectNumber, location, model, credential, Optional.empty());
    }
}
