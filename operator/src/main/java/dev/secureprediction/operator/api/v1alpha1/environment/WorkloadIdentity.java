package dev.secureprediction.operator.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a gateway becomes its Google service account; there is no variant with a key file. */
@ApiObject
@ValidationRule(
        value = "has(self.gke) != has(self.federation)",
        message = "spec.google.workloadIdentity needs exactly one of gke and federation; remove the other")
public record WorkloadIdentity(
        @JsonPropertyDescription("GKE's own workload identity.") @Nullable
        GkeIdentity gke,

        @JsonPropertyDescription("Workload identity federation, for clusters elsewhere.") @Nullable
        FederationIdentity federation) {}
