/** Guardrails, which environments require and contracts add. */
@NullMarked
package dev.secureprediction.operator.api.v1alpha1.guardrail;

import org.jspecify.annotations.NullMarked;
