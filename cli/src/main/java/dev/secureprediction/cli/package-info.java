/** The command line: `spe`, also installed as `kubectl-spe`. */
@NullMarked
package dev.secureprediction.cli;

import org.jspecify.annotations.NullMarked;
