/** Anthropic's Messages API as Vertex AI has it. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.surface.anthropic;

import org.jspecify.annotations.NullMarked;
