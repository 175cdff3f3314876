/** A Google Cloud on loopback that enforces what the real one enforces. */
@NullMarked
package dev.secureprediction.sandbox.cloud;

import org.jspecify.annotations.NullMarked;
