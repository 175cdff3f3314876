/**
 * An answer on its way to the caller, frame by frame: cut, screened, shaped, watched. Everything of one call runs on one
 * thread. No Vert.x.
 */
@NullMarked
package dev.secureprediction.gateway.answer;

import org.jspecify.annotations.NullMarked;
