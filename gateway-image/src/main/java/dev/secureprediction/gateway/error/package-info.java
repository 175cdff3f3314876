/** The error catalogue and how errors are written. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.error;

import org.jspecify.annotations.NullMarked;
