/** The Open Inference Protocol v2 and KServe's v1, translated to predictions. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.surface.inference;

import org.jspecify.annotations.NullMarked;
