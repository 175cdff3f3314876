@NullMarked
package dev.secureprediction.gateway.cache;

import org.jspecify.annotations.NullMarked;
