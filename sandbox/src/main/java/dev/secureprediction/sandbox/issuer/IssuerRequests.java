package dev.secureprediction.sandbox.issuer;

/**
 * What an issuer was asked since it started, failed requests included.
 *
 * @param discovery requests of the discovery document
 * @param keys requests of the key set
 * @param tokens requests of a token
 */
public record IssuerRequests(int discovery, int keys, int tokens) {

    IssuerRequests withDiscovery() {
        return new IssuerRequests(discovery + 1, keys, tokens);
    }

    IssuerRequests withKeys() {
        return new IssuerRequests(discovery, keys + 1, tokens);
    }

    IssuerRequests withTokens() {
        return new IssuerRequests(discovery, keys, tokens + 1);
    }
}
