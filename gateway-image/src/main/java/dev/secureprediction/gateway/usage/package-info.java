/** Tokens used and the version of the model, read from answers that pass by. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.usage;

import org.jspecify.annotations.NullMarked;
