@NullMarked
package dev.secureprediction.gateway.permission;

import org.jspecify.annotations.NullMarked;
