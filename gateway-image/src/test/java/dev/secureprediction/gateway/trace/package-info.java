@NullMarked
package dev.secureprediction.gateway.trace;

import org.jspecify.annotations.NullMarked;
