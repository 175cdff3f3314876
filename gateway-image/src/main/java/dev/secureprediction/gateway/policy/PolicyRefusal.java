package dev.secureprediction.gateway.policy;

import java.time.Instant;

/**
 * A file that was refused while the one before stays in force.
 *
 * @param digest `sha256:` and the hex digest of the refused bytes
 * @param reason which file and why
 * @param at when
 */
public record PolicyRefusal(String digest, String reason, Instant at) {}
