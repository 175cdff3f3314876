/** What a platform team states in a `PredictionEnvironment`. */
@NullMarked
package dev.secureprediction.operator.api.v1alpha1.environment;

import org.jspecify.annotations.NullMarked;
