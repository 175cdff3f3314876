package dev.secureprediction.gateway.surface;

/**
 * A stretch of a body, in bytes.
 *
 * @param from index of its first byte
 * @param to index behind its last byte; not below from
 */
public record Span(int from, int to) {}
