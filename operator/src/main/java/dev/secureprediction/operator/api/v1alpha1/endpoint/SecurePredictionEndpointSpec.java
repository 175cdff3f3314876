package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.DeletionPolicy;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import dev.secureprediction.operator.api.v1alpha1.ManagementPolicy;
import dev.secureprediction.operator.api.v1alpha1.Revoked;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One model, who may call it, and where it runs in one environment. */
@ApiObject
@ValidationRule(
        value = "self.environmentRef.name == oldSelf.environmentRef.name",
        message =
                "spec.environmentRef is immutable, since accounts and gateways belong to the environment; make a new endpoint there and delete this one")
@ValidationRule(
        value =
                "has(self.contract.model.publisher) == has(oldSelf.contract.model.publisher) && has(self.contract.model.deployed) == has(oldSelf.contract.model.deployed)",
        message =
                "spec.contract.model: which of publisher, deployed and existing is given is immutable; make a new endpoint for another kind of model")
@ValidationRule(
        value = "!has(self.contract.model.deployed) || (has(self.placement) && has(self.placement.model))",
        message =
                "spec.placement.model is required for a deployed model; give the id and version in this environment's Model Registry")
@ValidationRule(
        value =
                "!has(self.contract.model.deployed) || (!has(self.placement) || !has(self.placement.endpoint) || !has(self.placement.endpoint.id) || self.placement.endpoint.id == '')",
        message =
                "spec.placement.endpoint.id is for existing models only; the operator makes the endpoint of a deployed model, so remove it")
@ValidationRule(
        value =
                "!has(self.contract.model.existing) || (has(self.placement) && has(self.placement.endpoint) && has(self.placement.endpoint.id) && self.placement.endpoint.id != '')",
        message = "spec.placement.endpoint.id is required for an existing model; give the id of the Vertex AI endpoint")
@ValidationRule(
        value = "!has(self.contract.model.existing) || (!has(self.placement) || !has(self.placement.model))",
        message = "spec.placement.model has no effect on an existing model; remove it")
@ValidationRule(
        value =
                "!has(self.contract.model.existing) || (!has(self.placement) || !has(self.placement.endpoint) || (!has(self.placement.endpoint.machineType) && !has(self.placement.endpoint.minReplicas) && !has(self.placement.endpoint.maxReplicas)))",
        message =
                "spec.placement.endpoint: machineType and replicas of an existing model are its owner's; leave only the id")
@ValidationRule(
        value =
                "!has(self.contract.model.publisher) || (!has(self.placement) || (!has(self.placement.model) && !has(self.placement.endpoint)))",
        message =
                "spec.placement: model and endpoint have no effect on a publisher model, which is not deployed; remove them")
public record SecurePredictionEndpointSpec(
        @JsonPropertyDescription("The environment it belongs to. Immutable.") @Required
        EnvironmentRef environmentRef,

        @JsonPropertyDescription(
                "Enforce makes reality match; Observe reports only; Paused changes nothing. Default: Enforce.")
        @Nullable
        ManagementPolicy managementPolicy,

        @JsonPropertyDescription(
                "What callers get. The same in every environment, so that the digest of it answers whether this is what was tested.")
        @Required
        Contract contract,

        @JsonPropertyDescription("What may differ between environments.") @Nullable
        Placement placement,

        @JsonPropertyDescription("Callers and tokens refused within seconds, also while a contract is held.") @Nullable
        Revoked revoked,

        @JsonPropertyDescription(
                "What to do about cloud resources of the same name that the operator did not make: Never touches them, Observe shows the difference, Adopt takes them over. Default: Never.")
        @Nullable
        Adoption adoption,

        @JsonPropertyDescription(
                "What becomes of cloud resources when this resource is deleted; the environment's floor wins. Default: the floor, else Delete, but Retain while the whole namespace is being deleted.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("Hash of the plan that its owner approves, as in status.plan.")
        @Nullable
        @Size(max = 71)
        @Pattern(Formats.SHA256_OR_EMPTY)
        String approvedPlanHash) {
    /** What may differ between environments; all defaults where absent. */
    public Placement placementOrDefault() {
        return placement == null ? Placement.DEFAULT : placement;
    }
    /** The policy for this endpoint. */
    public ManagementPolicy managementPolicyOrDefault() {
        return managementPolicy == null ? ManagementPolicy.Enforce : managementPolicy;
    }
    /** Who is refused; nobody where absent. */
    public Revoked revokedOrNone() {
        return revoked == null ? Revoked.NONE : revoked;
    }
    /** What to do about namesakes in the cloud. */
    public Adoption adoptionOrDefault() {
        return adoption == null ? Adoption.Never : adoption;
    }
}
