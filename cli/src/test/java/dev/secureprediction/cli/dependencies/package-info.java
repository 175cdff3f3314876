@NullMarked
package dev.secureprediction.cli.dependencies;

import org.jspecify.annotations.NullMarked;
