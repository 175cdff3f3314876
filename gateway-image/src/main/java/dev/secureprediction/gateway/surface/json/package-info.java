/** Reads bodies within bounds, in one pass. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.surface.json;

import org.jspecify.annotations.NullMarked;
