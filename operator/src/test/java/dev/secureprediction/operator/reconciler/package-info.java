@NullMarked
package dev.secureprediction.operator.reconciler;

import org.jspecify.annotations.NullMarked;
