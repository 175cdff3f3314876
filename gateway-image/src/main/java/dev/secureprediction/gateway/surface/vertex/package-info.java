/** Predictions of deployed and of publisher models, in Vertex AI's own form. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.surface.vertex;

import org.jspecify.annotations.NullMarked;
