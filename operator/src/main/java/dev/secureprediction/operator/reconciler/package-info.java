/** Wires resolve, plan, apply, observe and project to the framework; no logic of its own. */
@NullMarked
package dev.secureprediction.operator.reconciler;

import org.jspecify.annotations.NullMarked;
