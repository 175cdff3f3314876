/**
 * The wire protocols that callers speak. Each says how to recognise its calls, where model, text, files, tools, caps and
 * token counts stand in its bodies, and how its errors look. Whatever checks or counts is written once, against
 * {@link dev.secureprediction.gateway.surface.Content}. No Vert.x.
 */
@NullMarked
package dev.secureprediction.gateway.surface;

import org.jspecify.annotations.NullMarked;
