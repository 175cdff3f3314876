@NullMarked
package dev.secureprediction.gateway.reference;

import org.jspecify.annotations.NullMarked;
