package dev.secureprediction.policy.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the gateway gets its Google access token. There is no variant with a key. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Credential.Metadata.class, name = "Metadata"),
    @JsonSubTypes.Type(value = Credential.Federation.class, name = "Federation")
})
public sealed interface Credential {

    /** From the metadata server of GKE's workload identity. */
    record Metadata() implements Credential {}

    /**
     * From the token exchange (RFC 8693) with the pod's projected token, then impersonation.
     *
     * @param audience `//iam.googleapis.com/projects/N/locations/global/workloadIdentityPools/P/providers/V`
     * @param tokenUrl https URL of the token exchange
     * @param impersonationUrl https URL of generateAccessToken for the gateway's service account
     */
    record Federation(String audience, String tokenUrl, String impersonationUrl) implements Credential {}
}
