@NullMarked
package dev.secureprediction.operator.probe;

import org.jspecify.annotations.NullMarked;
