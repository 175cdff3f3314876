package dev.secureprediction.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Public keys that the operator carries to gateways for issuers they cannot reach, the cluster's own for one;
 * the file `issuer-keys.json` beside the policy.
 *
 * @param issuers a JWK set (RFC 7517) by issuer name
 */
public record IssuerKeys(Map<String, JsonNode> issuers) {

    /** No keys carried. */
    public static final IssuerKeys NONE = new IssuerKeys(Map.of());

    public IssuerKeys {
        issuers = Map.copyOf(issuers);
    }
}
