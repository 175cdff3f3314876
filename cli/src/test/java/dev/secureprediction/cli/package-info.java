@NullMarked
package dev.secureprediction.cli;

import org.jspecify.annotations.NullMarked;
