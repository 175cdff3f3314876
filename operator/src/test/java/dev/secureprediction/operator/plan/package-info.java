/** Same input, same plan. */
@NullMarked
package dev.secureprediction.operator.plan;

import org.jspecify.annotations.NullMarked;
