package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Defaults;
import dev.secureprediction.operator.api.v1alpha1.DeletionPolicy;
import dev.secureprediction.operator.api.v1alpha1.guardrail.Guardrail;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every endpoint of an environment gets or must keep. */
@ApiObject
public record Requirements(
        @JsonPropertyDescription(
                "Guardrails that run before an endpoint's own; an endpoint can add, never weaken or redefine.")
        @Size(max = 16)
        @ValidationRule(
                value = "self.all(g, self.exists_one(h, h.name == g.name))",
                message = "spec.require.guardrails: names must be unique; rename one")
        List<Guardrail> guardrails,

        @JsonPropertyDescription("Fewest replicas of a gateway. Default: 1.") @Nullable @Min(1) @Max(100)
        Integer gatewayMinReplicas,

        @JsonPropertyDescription("Fewest replicas of a deployed model. Default: 1.") @Nullable @Min(1) @Max(100)
        Integer endpointMinReplicas,

        @JsonPropertyDescription(
                "Longest accepted lifetime of a caller's token (exp minus iat), in seconds. Default: unlimited.")
        @Nullable
        @Min(60)
        @Max(604800)
        Integer maxTokenLifetimeSeconds,

        @JsonPropertyDescription("What audit records must and must not hold.") @Nullable
        AuditRequirements audit,

        @JsonPropertyDescription("Floor for endpoints: with Retain, none of them can ask for Delete.") @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("Cloud KMS key that the endpoints made here are encrypted with.")
        @Nullable
        @Size(min = 1, max = 512)
        @Pattern("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$")
        String encryptionKey,

        @JsonPropertyDescription("Who approves a plan that destroys or adopts. Default: None.") @Nullable
        ApprovalBy approval,

        @JsonPropertyDescription(
                "Whether grants to our accounts that others made are taken away; else they are only reported. Default: false.")
        @Nullable
        Boolean revokeExcess) {
    public Requirements {
        guardrails = Absent.list(guardrails);
    }

    /** Whether what others granted is taken away. */
    public boolean revokesExcess() {
        return Boolean.TRUE.equals(revokeExcess);
    }

    /** No requirements. */
    public static final Requirements NONE = new Requirements(List.of(), null, null, null, null, null, null, null, null);
    /** Fewest replicas of a gateway. */
    public int gatewayMinReplicasOrDefault() {
        return gatewayMinReplicas == null ? Defaults.GATEWAY_MIN_REPLICAS : gatewayMinReplicas;
    }
    /** Fewest replicas of a deployed model. */
    public int endpointMinReplicasOrDefault() {
        return endpointMinReplicas == null ? Defaults.ENDPOINT_MIN_REPLICAS : endpointMinReplicas;
    }
}
