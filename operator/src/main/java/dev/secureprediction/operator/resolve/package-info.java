/** What the schema of the resources cannot say: references, grants and expressions, as values and never as exceptions. */
@NullMarked
package dev.secureprediction.operator.resolve;

import org.jspecify.annotations.NullMarked;
