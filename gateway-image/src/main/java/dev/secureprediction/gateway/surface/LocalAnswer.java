package dev.secureprediction.gateway.surface;

/**
 * An answer that needs no model.
 *
 * @param contentType of the body
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
public record LocalAnswer(String contentType, byte[] body) {}
