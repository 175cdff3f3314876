/** The stages of a call; each takes what only the one before can make. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
