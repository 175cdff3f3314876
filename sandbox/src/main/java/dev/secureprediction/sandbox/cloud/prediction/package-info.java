/** Vertex AI's data plane: models that answer over REST. */
@NullMarked
package dev.secureprediction.sandbox.cloud.prediction;

import org.jspecify.annotations.NullMarked;
