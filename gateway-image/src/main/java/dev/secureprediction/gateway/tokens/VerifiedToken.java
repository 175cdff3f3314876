package dev.secureprediction.gateway.tokens;

import dev.secureprediction.policy.decision.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * What a good token says.
 *
 * @param caller who calls
 * @param tokenId its `jti` claim
 * @param expiresAt from when on it is refused, the accepted clock skew included
 * @param keyThumbprint the key that signed it
 */
public record VerifiedToken(Caller caller, Optional<String> tokenId, Instant expiresAt, String keyThumbprint) {}
