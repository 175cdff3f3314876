/**
 * Guardrails: checks of prompts and answers that may stop a call. They are written once, against what a surface reads out
 * of bodies. No Vert.x.
 */
@NullMarked
package dev.secureprediction.gateway.guardrail;

import org.jspecify.annotations.NullMarked;
