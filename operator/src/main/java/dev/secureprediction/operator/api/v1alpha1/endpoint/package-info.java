/** What an application team states in a `SecurePredictionEndpoint`. */
@NullMarked
package dev.secureprediction.operator.api.v1alpha1.endpoint;

import org.jspecify.annotations.NullMarked;
