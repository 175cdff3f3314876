@NullMarked
package dev.secureprediction.cli.audit;

import org.jspecify.annotations.NullMarked;
