package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.promotion.History;

/**
 * The endpoint of the same application in the environment before.
 *
 * @param endpoint itself
 * @param history what was admitted there
 */
public record Peer(SecurePredictionEndpoint endpoint, History history) {}
