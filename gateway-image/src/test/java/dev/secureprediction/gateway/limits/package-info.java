@NullMarked
package dev.secureprediction.gateway.limits;

import org.jspecify.annotations.NullMarked;
