/** Tests of the diff against a cloud in memory. */
@NullMarked
package dev.secureprediction.operator.diff;

import org.jspecify.annotations.NullMarked;
