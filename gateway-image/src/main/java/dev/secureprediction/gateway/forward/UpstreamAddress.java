package dev.secureprediction.gateway.forward;

import dev.secureprediction.policy.model.Upstream;

/** Host and port of the model, from the policy alone. */
record UpstreamAddress(String host, int port) {
    private static final int HTTPS = 443;

    /**
     * Reads the authority.
     *
     * @throws IllegalArgumentException when it is not `host` or `host:port`
     */
    static UpstreamAddress of(Upstream upstream) {
        return of(upstream.authority());
    }

    /** The same of `host` or `host:port`. */
    static UpstreamAddress of(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0
                ? new UpstreamAddress(authority, HTTPS)
                : new UpstreamAddress(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
    }
}
