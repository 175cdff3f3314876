@NullMarked
package dev.secureprediction.gateway.fuzz;

import org.jspecify.annotations.NullMarked;
