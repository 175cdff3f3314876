package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.promotion.SignedRecord;
import dev.secureprediction.operator.promotion.TrustedKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What resolving may ask about what was admitted and verified; answered from caches. */
public interface PromotionView {

    /** What was admitted for an endpoint. */
    History history(String namespace, String name);

    /** The spec that was last made true for an endpoint. */
    Optional<SecurePredictionEndpointSpec> inForce(String namespace, String name);

    /** The verification records of the cluster that claim to be about an application. */
    List<SignedRecord> records(String application);

    /** What this operator signs with. */
    TrustedKeys ownKeys();

    /** The time at which all of this is looked at. */
    Instant now();
}
