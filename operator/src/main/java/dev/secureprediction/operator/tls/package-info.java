/** Certificates that the operator makes for gateways: pure, but for the randomness of keys. */
@NullMarked
package dev.secureprediction.operator.tls;

import org.jspecify.annotations.NullMarked;
