package dev.secureprediction.gateway.surface;

/**
 * A change of a body; all other bytes stay as they are.
 *
 * @param span what is replaced; empty: something is put in
 * @param replacement the bytes instead, JSON; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
public record Edit(Span span, byte[] replacement) {}
