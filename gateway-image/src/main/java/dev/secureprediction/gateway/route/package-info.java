/** Paths and queries, parsed once into a typed route that policy and forwarding both read. No Vert.x. */
@NullMarked
package dev.secureprediction.gateway.route;

import org.jspecify.annotations.NullMarked;
