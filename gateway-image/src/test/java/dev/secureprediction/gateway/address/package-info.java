@NullMarked
package dev.secureprediction.gateway.address;

import org.jspecify.annotations.NullMarked;
