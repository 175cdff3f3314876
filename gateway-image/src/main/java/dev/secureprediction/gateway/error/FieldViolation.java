package dev.secureprediction.gateway.error;

/**
 * What is wrong with one field of a body (google.rpc.BadRequest).
 *
 * @param field JSON pointer (RFC 6901) of the field; empty for the whole body
 * @param description what is expected; never the value that was sent
 */
public record FieldViolation(String field, String description) {}
