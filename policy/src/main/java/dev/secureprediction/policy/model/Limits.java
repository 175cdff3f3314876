package dev.secureprediction.policy.model;

import java.util.Optional;

/**
 * How much a role may use, over all replicas; absent: unlimited.
 *
 * @param per whose use is counted together
 * @param requestsPerMinute requests in a minute
 * @param tokensPerMinute tokens in a minute, in and out
 * @param maxOutputTokens largest answer per candidate, in tokens
 * @param maxConcurrent requests at the same time
 */
public record Limits(
        LimitScope per,
        Optional<Long> requestsPerMinute,
        Optional<Long> tokensPerMinute,
        Optional<Long> maxOutputTokens,
        Optional<Long> maxConcurrent) {}
