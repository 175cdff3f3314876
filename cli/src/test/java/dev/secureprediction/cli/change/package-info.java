@NullMarked
package dev.secureprediction.cli.change;

import org.jspecify.annotations.NullMarked;
