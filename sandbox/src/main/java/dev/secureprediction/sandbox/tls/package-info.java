/** A certificate authority for servers on loopback. */
@NullMarked
package dev.secureprediction.sandbox.tls;

import org.jspecify.annotations.NullMarked;
