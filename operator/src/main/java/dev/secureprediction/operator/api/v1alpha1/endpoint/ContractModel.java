package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The model that is called; exactly one kind. */
@ApiObject
@ValidationRule(
        value = "[has(self.publisher), has(self.deployed), has(self.existing)].filter(k, k).size() == 1",
        message =
                "spec.contract.model needs exactly one of publisher, deployed and existing; give one and remove the others")
public record ContractModel(
        @JsonPropertyDescription("A model of the Model Garden, called without an endpoint.") @Nullable
        PublisherModel publisher,

        @JsonPropertyDescription(
                "A model of the Model Registry, which the operator deploys to an endpoint that it makes.")
        @Nullable
        DeployedModel deployed,

        @JsonPropertyDescription("A model on an endpoint that is someone else's and stays so.") @Nullable
        ExistingModel existing) {}
