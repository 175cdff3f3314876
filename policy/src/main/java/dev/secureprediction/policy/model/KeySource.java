package dev.secureprediction.policy.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** Where an issuer's signing keys come from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = KeySource.Discovery.class, name = "Discovery"),
    @JsonSubTypes.Type(value = KeySource.Jwks.class, name = "Jwks"),
    @JsonSubTypes.Type(value = KeySource.Carried.class, name = "Carried")
})
public sealed interface KeySource {

    /**
     * From the issuer's discovery document at `{url}/.well-known/openid-configuration`.
     *
     * @param caBundle PEM certificates to trust for it; absent: the system's
     */
    record Discovery(Optional<String> caBundle) implements KeySource {}

    /**
     * From a key set at a known place.
     *
     * @param url https URL of a JWK set (RFC 7517)
     * @param caBundle PEM certificates to trust for it; absent: the system's
     */
    record Jwks(String url, Optional<String> caBundle) implements KeySource {}

    /** From the file of issuer keys that the operator keeps beside the policy. */
    record Carried() implements KeySource {}
}
