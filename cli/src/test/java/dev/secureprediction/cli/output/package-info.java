/** How commands print. */
@NullMarked
package dev.secureprediction.cli.output;

import org.jspecify.annotations.NullMarked;
