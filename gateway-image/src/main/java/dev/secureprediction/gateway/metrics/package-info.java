/** Figures for Prometheus; every label is bounded. */
@NullMarked
package dev.secureprediction.gateway.metrics;

import org.jspecify.annotations.NullMarked;
