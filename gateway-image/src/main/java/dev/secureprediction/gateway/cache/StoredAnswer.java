package dev.secureprediction.gateway.cache;

import java.time.Instant;

/**
 * An answer as a caller got it, screened and shaped.
 *
 * @param contentType of the body
 * @param body not to be changed
 * @param storedAt when the model gave it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredAnswer(String contentType, byte[] body, Instant storedAt) {}
