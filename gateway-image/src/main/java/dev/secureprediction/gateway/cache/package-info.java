/** Answers kept for equal requests. It knows no request and no Vert.x: keys come from the pipeline. */
@NullMarked
package dev.secureprediction.gateway.cache;

import org.jspecify.annotations.NullMarked;
