@NullMarked
package dev.secureprediction.gateway.health;

import org.jspecify.annotations.NullMarked;
