@NullMarked
package dev.secureprediction.gateway.upstream;

import org.jspecify.annotations.NullMarked;
