/** What is refused, and that nothing is ignored. */
@NullMarked
package dev.secureprediction.operator.resolve;

import org.jspecify.annotations.NullMarked;
