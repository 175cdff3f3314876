@NullMarked
package dev.secureprediction.operator.observe;

import org.jspecify.annotations.NullMarked;
