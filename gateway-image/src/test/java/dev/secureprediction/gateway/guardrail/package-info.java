@NullMarked
package dev.secureprediction.gateway.guardrail;

import org.jspecify.annotations.NullMarked;
