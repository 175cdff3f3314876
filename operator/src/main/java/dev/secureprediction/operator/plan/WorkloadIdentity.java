package dev.secureprediction.operator.plan;

/** How a gateway's pods become their Google account; there is no variant with a key. */
public sealed interface WorkloadIdentity {

    /** Through GKE's metadata server. */
    record Gke(String serviceAccountEmail) implements WorkloadIdentity {}

    /** Through a projected token of this audience, exchanged by the gateway. */
    record Federation(String tokenAudience) implements WorkloadIdentity {}
}
