/** Commands about changes: what one would do, and letting go of everything. */
@NullMarked
package dev.secureprediction.cli.change;

import org.jspecify.annotations.NullMarked;
