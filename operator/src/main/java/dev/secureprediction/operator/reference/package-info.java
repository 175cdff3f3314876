/** Step of the build: reference pages, each from the code that it is about. */
@NullMarked
package dev.secureprediction.operator.reference;

import org.jspecify.annotations.NullMarked;
