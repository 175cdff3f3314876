package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A contract admitted past the gate, for emergencies. */
@ApiObject
public record GateException(
        @JsonPropertyDescription("Namespace of the endpoint.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String namespace,

        @JsonPropertyDescription("Name of the endpoint.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String name,

        @JsonPropertyDescription("Digest of the contract that is admitted.")
        @Required
        @Size(max = 67)
        @Pattern(Formats.CONTRACT_DIGEST)
        String contractDigest,

        @JsonPropertyDescription("Digest of the gateway image that is admitted; absent: the one that runs.")
        @Nullable
        @Size(max = 71)
        @Pattern(Formats.SHA256)
        String imageDigest,

        @JsonPropertyDescription("Why; kept in the audit records.") @Required @Size(min = 1, max = 1024)
        String reason,

        @JsonPropertyDescription("When it ends, in UTC: 2026-12-01T12:00:00Z.")
        @Required
        @Size(max = 32)
        @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
        String expiresAt) {}
