package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.endpoint.ContractModel;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Placement;
import dev.secureprediction.operator.api.v1alpha1.endpoint.PlacementModel;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import java.util.Optional;

/** The model of a contract, together with where the placement says it is. */
public sealed interface WantedModel {

    /** What grants call it. */
    String grantName();

    /** A model of the Model Garden, called without an endpoint. */
    record Publisher(String publisher, String name) implements WantedModel {

        @Override
        public String grantName() {
            return "publishers/" + publisher + "/models/" + name;
        }
    }

    /**
     * A model of the Model Registry, deployed by the operator.
     *
     * @param name the contract's name for it
     * @param fingerprint what its version must carry
     * @param id in the Model Registry of the environment's project
     * @param version number or alias
     */
    record Deployed(String name, String fingerprint, String id, String version) implements WantedModel {

        @Override
        public String grantName() {
            return name;
        }
    }

    /**
     * A model on somebody else's endpoint.
     *
     * @param name the contract's name for it
     * @param endpointId of the endpoint
     */
    record Existing(String name, String endpointId) implements WantedModel {

        @Override
        public String grantName() {
            return name;
        }
    }

    /** The model of an endpoint; empty where the placement lacks what this kind of model needs. */
    static Optional<WantedModel> of(SecurePredictionEndpointSpec spec) {
        ContractModel model = spec.contract().model();
        Placement placement = spec.placementOrDefault();
        var publisher = model.publisher();
        if (publisher != null) {
            return Optional.of(new Publisher(publisher.publisher(), publisher.name()));
        }
        var deployed = model.deployed();
        PlacementModel version = placement.model();
        if (deployed != null && version != null) {
            return Optional.of(new Deployed(deployed.name(), deployed.fingerprint(), version.id(), version.version()));
        }
        var existing = model.existing();
        return existing == null
                ? Optional.empty()
                : placement.endpointOrDefault().idIfAny().map(id -> new Existing(existing.name(), id));
    }
}
