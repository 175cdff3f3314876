package dev.secureprediction.operator.resolve;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * This cluster as issuer of its service accounts' tokens.
 *
 * @param url the exact value of their claim `iss`
 * @param jwks its public keys, a JWK set (RFC 7517)
 */
public record ClusterIssuer(String url, JsonNode jwks) {}
