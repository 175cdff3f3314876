/** OpenAI's API, translated to the calls of Vertex AI that fit the model. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.surface.openai;

import org.jspecify.annotations.NullMarked;
