/** How the model is doing: what may be repeated, and when it is left alone. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.health;

import org.jspecify.annotations.NullMarked;
