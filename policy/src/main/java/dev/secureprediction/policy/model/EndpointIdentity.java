package dev.secureprediction.policy.model;

/**
 * Whose policy this is; shown in audit records and on the admin port.
 *
 * @param environment name of the PredictionEnvironment
 * @param namespace namespace of the SecurePredictionEndpoint
 * @param name name of the SecurePredictionEndpoint
 */
public record EndpointIdentity(String environment, String namespace, String name) {}
