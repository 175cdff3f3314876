@NullMarked
package dev.secureprediction.operator.metric;

import org.jspecify.annotations.NullMarked;
