package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A gateway. */
@ApiObject
public record GatewayStatus(
        @JsonPropertyDescription("Namespace of its objects.") @Nullable @Size(max = 63)
        String namespace,

        @JsonPropertyDescription("Name of its objects.") @Nullable @Size(max = 63)
        String name,

        @JsonPropertyDescription("Container image.") @Nullable @Size(max = 512)
        String image,

        @JsonPropertyDescription("Digest of the policy that every ready replica has loaded; absent while they differ.")
        @Nullable
        @Size(max = 71)
        String policyDigest,

        @JsonPropertyDescription("Replicas that are ready.") @Nullable @Min(0)
        Integer readyReplicas,

        @JsonPropertyDescription("Where it may connect to.") @Nullable
        GatewayEgress egress,

        @JsonPropertyDescription(
                "PEM certificates of the authority that callers should trust, when the operator makes the gateway's certificate.")
        @Nullable
        @Size(max = 65536)
        String certificateAuthority) {}
