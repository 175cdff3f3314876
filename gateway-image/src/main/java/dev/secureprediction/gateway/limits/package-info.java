/** How much callers may use: buckets of requests and tokens, calls at a time. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.limits;

import org.jspecify.annotations.NullMarked;
