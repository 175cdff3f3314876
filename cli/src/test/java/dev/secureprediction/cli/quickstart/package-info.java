@NullMarked
package dev.secureprediction.cli.quickstart;

import org.jspecify.annotations.NullMarked;
