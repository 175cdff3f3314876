/** Health, readiness and metrics on one port. */
@NullMarked
package dev.secureprediction.operator.health;

import org.jspecify.annotations.NullMarked;
