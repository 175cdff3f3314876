@NullMarked
package dev.secureprediction.gateway.metrics;

import org.jspecify.annotations.NullMarked;
