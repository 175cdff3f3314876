/** Asking the operator itself. */
@NullMarked
package dev.secureprediction.cli.operator;

import org.jspecify.annotations.NullMarked;
