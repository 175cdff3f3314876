@NullMarked
package dev.secureprediction.gateway.server;

import org.jspecify.annotations.NullMarked;
