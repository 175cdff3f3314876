/** Gemini's generateContent and what belongs to it. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.surface.gemini;

import org.jspecify.annotations.NullMarked;
