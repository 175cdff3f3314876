/** A cluster and a cloud on loopback. It imports nothing of the product: it runs it as processes, as a cluster would. */
@NullMarked
package dev.secureprediction.sandbox;

import org.jspecify.annotations.NullMarked;
