/** Where a call stands among the calls that led to it (W3C Trace Context). */
@NullMarked
package dev.secureprediction.gateway.trace;

import org.jspecify.annotations.NullMarked;
