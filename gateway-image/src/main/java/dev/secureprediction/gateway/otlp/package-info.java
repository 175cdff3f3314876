/** Sends spans and audit records by OTLP over HTTP, where that is configured. */
@NullMarked
package dev.secureprediction.gateway.otlp;

import org.jspecify.annotations.NullMarked;
