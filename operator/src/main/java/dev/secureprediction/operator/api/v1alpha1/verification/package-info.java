/** Signed records of what was verified where. */
@NullMarked
package dev.secureprediction.operator.api.v1alpha1.verification;

import org.jspecify.annotations.NullMarked;
