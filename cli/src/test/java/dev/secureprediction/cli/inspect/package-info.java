@NullMarked
package dev.secureprediction.cli.inspect;

import org.jspecify.annotations.NullMarked;
