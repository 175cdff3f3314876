/** One record per call. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.audit;

import org.jspecify.annotations.NullMarked;
