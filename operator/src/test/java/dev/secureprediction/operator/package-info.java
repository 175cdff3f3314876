@NullMarked
package dev.secureprediction.operator;

import org.jspecify.annotations.NullMarked;
