@NullMarked
package dev.secureprediction.cli.promotion;

import org.jspecify.annotations.NullMarked;
