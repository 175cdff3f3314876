package dev.secureprediction.policy.model;

/**
 * Answers kept for equal requests.
 *
 * @param ttlSeconds how long; positive
 * @param scope who shares them
 */
public record CacheRule(long ttlSeconds, LimitScope scope) {}
