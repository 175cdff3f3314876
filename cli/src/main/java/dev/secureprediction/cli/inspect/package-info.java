/** Commands that look at a cluster and change nothing. */
@NullMarked
package dev.secureprediction.cli.inspect;

import org.jspecify.annotations.NullMarked;
