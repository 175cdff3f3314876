/** Carries out what {@code diff} found, through the port to Google Cloud. */
@NullMarked
package dev.secureprediction.operator.apply;

import org.jspecify.annotations.NullMarked;
