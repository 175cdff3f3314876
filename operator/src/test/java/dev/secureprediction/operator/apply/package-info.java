/** Tests of rounds in Google Cloud. */
@NullMarked
package dev.secureprediction.operator.apply;

import org.jspecify.annotations.NullMarked;
