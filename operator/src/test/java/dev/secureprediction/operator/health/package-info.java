@NullMarked
package dev.secureprediction.operator.health;

import org.jspecify.annotations.NullMarked;
