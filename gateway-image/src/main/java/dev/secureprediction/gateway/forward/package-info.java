/** The call to the model and the way of its answer to the caller. */
@NullMarked
package dev.secureprediction.gateway.forward;

import org.jspecify.annotations.NullMarked;
