package dev.secureprediction.policy.model;

/**
 * Deadlines of a call to the model, in milliseconds; all positive.
 *
 * @param connectMilliseconds until the connection stands
 * @param firstByteMilliseconds from the request's end to the answer's first byte
 * @param idleMilliseconds between two parts of an answer
 * @param totalMilliseconds for the whole call
 */
public record Timeouts(
        long connectMilliseconds, long firstByteMilliseconds, long idleMilliseconds, long totalMilliseconds) {}
