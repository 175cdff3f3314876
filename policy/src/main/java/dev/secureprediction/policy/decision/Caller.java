package dev.secureprediction.policy.decision;

import java.util.Map;

/**
 * Who calls, as a verified token says; made by {@link CallerClaims#of}. An identity is always issuer and subject
 * together.
 *
 * @param issuer name of the issuer in the policy
 * @param subject the caller's id at this issuer; empty where the token has none
 * @param claims what expressions see: strings, longs, doubles, booleans, lists and maps
 */
public record Caller(String issuer, String subject, Map<String, Object> claims) {}
