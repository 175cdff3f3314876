package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Model;
import java.util.Optional;

/** What a path names. */
public sealed interface Target {

    /**
     * A resource of Vertex AI.
     *
     * @param version API version
     * @param project project id or number, as the caller wrote it
     * @param location region or `global`
     * @param model endpoint or publisher model
     */
    record Google(ApiVersion version, String project, String location, Model model) implements Target {}

    /**
     * A location of Vertex AI; the body names the model.
     *
     * @param version API version
     * @param project project id or number, as the caller wrote it
     * @param location region or `global`
     */
    record Place(ApiVersion version, String project, String location) implements Target {}

    /**
     * A model by a plain name.
     *
     * @param model as the caller wrote it
     * @param version its version, where the path has one
     */
    record Named(String model, Optional<String> version) implements Target {}

    /** Nothing: the body names the model, or the call is about the service. */
    record Unnamed() implements Target {}
}
