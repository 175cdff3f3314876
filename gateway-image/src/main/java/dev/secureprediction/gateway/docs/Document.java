package dev.secureprediction.gateway.docs;

import java.util.Optional;

/**
 * Something to read.
 *
 * @param contentType of the body
 * @param body not to be changed
 * @param contentSecurityPolicy what a browser may do with it (CSP level 3); absent: it is no page
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
public record Document(String contentType, byte[] body, Optional<String> contentSecurityPolicy) {}
