package dev.secureprediction.gateway.health;

/**
 * Shared by all event loops.
 *
 * @param breakers when the model is left alone
 * @param retries what may be repeated
 * @param versions what the model says it is
 */
public record UpstreamHealth(Breakers breakers, RetryBudget retries, ModelVersions versions) {}
