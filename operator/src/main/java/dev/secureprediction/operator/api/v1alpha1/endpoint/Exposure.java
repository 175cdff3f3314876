package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How callers reach a gateway. */
@ApiObject
@ValidationRule(
        value = "!has(self.plaintext) || !self.plaintext || !has(self.tlsSecretName)",
        message = "spec.placement.exposure: plaintext and tlsSecretName exclude each other; remove one")
@ValidationRule(
        value = "!has(self.parentRef) || has(self.hostname)",
        message =
                "spec.placement.exposure.hostname is required with parentRef, since the route needs a host name; set it")
public record Exposure(
        @JsonPropertyDescription(
                "Host name that callers use, within the environment's grant. Default: the Service's name in the cluster.")
        @Nullable
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String hostname,

        @JsonPropertyDescription(
                "TLS secret in the gateway namespace, within the environment's grant. Default: a certificate that the operator makes, whose authority is in status.")
        @Nullable
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String tlsSecretName,

        @JsonPropertyDescription(
                "Gateway of the Gateway API that an HTTPRoute is attached to; absent: no route is made.")
        @Nullable
        ParentRef parentRef,

        @JsonPropertyDescription("Browsers that may call; absent: none.") @Nullable
        Cors cors,

        @JsonPropertyDescription("Whether /openapi.json and /docs are served, to callers with a token. Default: false.")
        @Nullable
        Boolean docs,

        @JsonPropertyDescription("Serve without TLS, where the environment's grant allows it. Default: false.")
        @Nullable
        Boolean plaintext) {
    /** All defaults. */
    public static final Exposure DEFAULT = new Exposure(null, null, null, null, null, null);
    /** Whether to serve without TLS. */
    public boolean plaintextOrDefault() {
        return Boolean.TRUE.equals(plaintext);
    }
}
