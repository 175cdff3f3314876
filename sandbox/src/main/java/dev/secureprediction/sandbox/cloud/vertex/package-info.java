/** Vertex AI's control plane: endpoints, models and long running operations. */
@NullMarked
package dev.secureprediction.sandbox.cloud.vertex;

import org.jspecify.annotations.NullMarked;
