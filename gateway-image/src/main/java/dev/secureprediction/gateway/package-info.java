/** The gateway: starts, wires and ends its parts. */
@NullMarked
package dev.secureprediction.gateway;

import org.jspecify.annotations.NullMarked;
