/** A pure projection of what was wanted and what was seen to conditions; it never writes. */
@NullMarked
package dev.secureprediction.operator.status;

import org.jspecify.annotations.NullMarked;
