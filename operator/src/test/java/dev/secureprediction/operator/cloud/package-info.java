/** A cloud in memory, and desired states to try on it. */
@NullMarked
package dev.secureprediction.operator.cloud;

import org.jspecify.annotations.NullMarked;
