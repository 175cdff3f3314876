package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator reports on a SecurePredictionEndpoint; written only when something changed. */
@ApiObject
public record EndpointStatus(
        @JsonPropertyDescription("The generation that this status is about.") @Nullable @Min(0)
        Long observedGeneration,

        @JsonPropertyDescription("The state by aspect.") @Size(max = 32)
        List<Condition> conditions,

        @JsonPropertyDescription("Where callers reach the gateway.") @Nullable @Size(max = 512)
        String url,

        @JsonPropertyDescription("First eight digits of contractDigest's hash, for tables.") @Nullable @Size(max = 8)
        String contract,

        @JsonPropertyDescription("Digest of spec.contract: equal digests mean equal contracts, in every environment.")
        @Nullable
        @Size(max = 67)
        String contractDigest,

        @JsonPropertyDescription("Digest of the contract that gateways serve.") @Nullable @Size(max = 67)
        String admittedContractDigest,

        @JsonPropertyDescription("Digest of the policy that gateways should have loaded.") @Nullable @Size(max = 71)
        String policyDigest,

        @JsonPropertyDescription("Revision of the environment that it runs by; an edit reaches endpoints in turn.")
        @Nullable
        @Size(max = 71)
        String environmentRevision,

        @JsonPropertyDescription("Its Google service account and what that may do.") @Nullable
        IdentityStatus identity,

        @JsonPropertyDescription("Its Vertex AI endpoint.") @Nullable
        CloudEndpointStatus endpoint,

        @JsonPropertyDescription("Its gateway.") @Nullable GatewayStatus gateway,

        @JsonPropertyDescription("Differences between what was asked for and what was found, newest first.")
        @Size(max = 32)
        List<DriftEntry> drift,

        @JsonPropertyDescription("How its contract stands to that of the environment before.") @Nullable
        ConsistencyStatus consistency,

        @JsonPropertyDescription("What let the contract in that gateways serve.") @Nullable
        AdmissionStatus admission,

        @JsonPropertyDescription("Outcome of the probes.") @Nullable
        ProofStatus verification,

        @JsonPropertyDescription("What the operator would change.") @Nullable
        PlanStatus plan,

        @JsonPropertyDescription("Resolved values and where each came from.") @Size(max = 64)
        List<EffectiveValue> effective) {
    public EndpointStatus {
        conditions = Absent.list(conditions);
        drift = Absent.list(drift);
        effective = Absent.list(effective);
    }

    /** Nothing observed yet. */
    public static final EndpointStatus EMPTY = new EndpointStatus(
            null, List.of(), null, null, null, null, null, null, null, null, null, List.of(), null, null, null, null,
            List.of());
}
