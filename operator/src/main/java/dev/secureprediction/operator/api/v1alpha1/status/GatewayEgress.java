package dev.secureprediction.operator.api.v1alpha1.status;

/** Where a gateway may connect to. */
public enum GatewayEgress {
    /** Anywhere, since the environment lists no egressCIDRs. */
    Open,
    /** DNS, metadata server and the environment's egressCIDRs. */
    Restricted
}
