/** Asks gateway pods what they enforce, and proves it by calls that they must refuse. */
@NullMarked
package dev.secureprediction.operator.probe;

import org.jspecify.annotations.NullMarked;
