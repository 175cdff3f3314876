package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Model;

/**
 * A call of Vertex AI's REST API, parsed once. Policy and forwarding both read this; nobody reads the path again.
 *
 * @param version API version
 * @param project project id or number, as the caller wrote it
 * @param location region or `global`
 * @param model endpoint or publisher model
 * @param verb what is asked of it
 */
public record Route(ApiVersion version, String project, String location, Model model, Verb verb) {}
